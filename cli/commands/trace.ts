/** `trace`: which clause is linked where. The matrix of clauses and roles, or all links of one clause. */
import { clausesOf, cloudHsm } from '../../model/index.ts'
import { UsageError, type Command, type Report } from '../command.ts'
import { clauseName } from '../options.ts'
import {
  ROLES,
  linksOf,
  matrixOf,
  parseSpec,
  placesOf,
  readFiles,
  readSpec,
  type Cell,
  type Matrix,
  type RequirementRow,
  type Row,
  type SourceFile,
  type Waiver,
} from '../spec/index.ts'
import type { Colour } from '../terminal/colour.ts'
import { table } from '../terminal/table.ts'

/** The matrix of this repository. The rooms are loaded only here: they bring the implementation along. */
export const traceMatrix = async (files: readonly SourceFile[]): Promise<Matrix> => {
  const { properties } = await import('../../properties/index.ts')
  const { faults } = await import('../../test/faults/index.ts')
  return matrixOf(parseSpec(readSpec()), linksOf({ model: clausesOf(cloudHsm()), properties, faults, files }))
}

const factsOf = ({ clause, links, cells }: Row): object => ({
  id: clause.id,
  section: clause.section,
  cells,
  links: Object.fromEntries(ROLES.map(role => [role, links[role].length])),
  waivers: clause.waivers,
})

const requirementFactsOf = ({ requirement, links, cells }: RequirementRow): object => ({
  id: requirement.id,
  clauses: requirement.clauses,
  cells,
  links,
  waivers: requirement.waivers,
})

const cellText = (cell: Cell, links: number, colour: Colour): string =>
  ({ linked: String(links), waived: colour.faint('waived'), missing: colour.bad('MISSING') })[cell]

const waiversOf = (id: string, waivers: readonly Waiver[]) => waivers.map(({ role, reason }) => [id, role, reason])

const matrixLines = ({ rows, requirements, findings, summary }: Matrix, colour: Colour): readonly string[] => {
  const waivers = [
    ...rows.flatMap(({ clause }) => waiversOf(clause.id, clause.waivers)),
    ...requirements.flatMap(({ requirement }) => waiversOf(requirement.id, requirement.waivers)),
  ]
  const cellsOf = ({ cells, links }: Pick<Row, 'cells' | 'links'>) =>
    ROLES.map(role => cellText(cells[role], links[role].length, colour))
  const { clauses, linked, waived, faults: broken } = summary
  return [
    ...table(
      [['clause', ...ROLES], ...rows.map(row => [row.clause.id, ...cellsOf(row)])],
      ROLES.map((_, index) => index + 1),
    ),
    '',
    'Clauses of each requirement, by role',
    ...table(
      [['requirement', ...ROLES], ...requirements.map(row => [row.requirement.id, ...cellsOf(row)])],
      ROLES.map((_, index) => index + 1),
    ),
    '',
    'Waivers',
    ...table(waivers),
    '',
    ...findings.map(finding => colour.bad(finding)),
    `${clauses} clauses, ${linked} linked in model, properties, impl and test, ${waived} with a waiver, ${broken} with a fault; ${findings.length} findings`,
  ]
}

const traceAll = (matrix: Matrix, colour: Colour): Report => ({
  verdict: matrix.findings.length === 0 ? 'holds' : 'broken',
  facts: {
    summary: matrix.summary,
    findings: matrix.findings,
    clauses: matrix.rows.map(factsOf),
    requirements: matrix.requirements.map(requirementFactsOf),
  },
  lines: matrixLines(matrix, colour),
})

const traceOne = (row: Row, files: readonly SourceFile[], colour: Colour): Report => {
  const { clause, cells, links } = row
  const found = ROLES.map(role => ({
    role,
    cell: cells[role],
    links: links[role],
    places: placesOf(files, clause.id, role),
  }))
  const reasonOf = (role: string): string => clause.waivers.find(waiver => waiver.role === role)?.reason ?? ''
  return {
    verdict: Object.values(cells).includes('missing') ? 'broken' : 'holds',
    facts: { clause: { ...clause }, roles: found },
    lines: [
      `${colour.strong(clause.id)} (SPEC.md:${clause.line}) ${clause.text}`,
      ...found.flatMap(({ role, cell, links: names, places }) => [
        `${role}: ${cell === 'missing' ? colour.bad('MISSING') : cell === 'waived' ? `waived: ${reasonOf(role)}` : ''}`.trim(),
        ...[...names, ...places].map(where => `  ${where}`),
      ]),
    ],
  }
}

export const trace: Command = {
  name: 'trace',
  summary: 'show where each clause of SPEC.md is modelled, stated, implemented, tested and broken',
  argument: { name: '[CLAUSE]', says: 'all links of this clause, §area.topic' },
  options: [],
  run: async ({ colour }, { argument }) => {
    const files = readFiles()
    const matrix = await traceMatrix(files)
    if (argument === undefined) return traceAll(matrix, colour)
    const row = matrix.rows.find(({ clause }) => clause.id === clauseName(argument))
    if (row === undefined) throw new UsageError(`${clauseName(argument)} is no clause of SPEC.md; trace lists them all`)
    return traceOne(row, files, colour)
  },
}
