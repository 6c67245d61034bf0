/** The matrix of clauses and roles: what is linked, what is waived, what is missing; and links that lead nowhere. */
import {
  CONTEXT,
  ROLES,
  pointsAt,
  type Clause,
  type Requirement,
  type Role,
  type Spec,
  type Waiver,
} from './clauses.ts'
import type { Link } from './links.ts'

export type Cell = 'linked' | 'waived' | 'missing'

export interface Row {
  readonly clause: Clause
  readonly links: Readonly<Record<Role, readonly string[]>>
  readonly cells: Readonly<Record<Role, Cell>>
}

/** A requirement: in each role its clauses that are linked. */
export interface RequirementRow {
  readonly requirement: Requirement
  readonly links: Readonly<Record<Role, readonly string[]>>
  readonly cells: Readonly<Record<Role, Cell>>
}

export interface Matrix {
  readonly rows: readonly Row[]
  /** All but those that are context. */
  readonly requirements: readonly RequirementRow[]
  /** What is wrong, one line each: mistakes of the document, links that are missing or lead nowhere, waivers without use. */
  readonly findings: readonly string[]
  readonly summary: {
    readonly clauses: number
    /** Clauses linked in model, properties, impl and test. */
    readonly linked: number
    /** Clauses with a waiver. */
    readonly waived: number
    /** Clauses with a broken implementation. */
    readonly faults: number
  }
}

const ofEach = <T>(make: (role: Role) => T): Readonly<Record<Role, T>> => ({
  model: make('model'),
  properties: make('properties'),
  impl: make('impl'),
  test: make('test'),
  fault: make('fault'),
})

const cellsOf = (found: Row['links'], waivers: readonly Waiver[]): Row['cells'] =>
  ofEach(role => {
    if (found[role].length > 0) return 'linked'
    return waivers.some(waiver => waiver.role === role) ? 'waived' : 'missing'
  })

const rowOf = (clause: Clause, links: readonly Link[]): Row => {
  const found = ofEach(role => [...new Set(links.filter(link => link.role === role).map(({ where }) => where))])
  return { clause, links: found, cells: cellsOf(found, clause.waivers) }
}

const requirementRowOf = (requirement: Requirement, rows: readonly Row[]): RequirementRow => {
  const own = rows.filter(({ clause }) => requirement.clauses.some(written => pointsAt(written, clause.id)))
  const found = ofEach(role => own.filter(({ cells }) => cells[role] === 'linked').map(({ clause }) => clause.id))
  return { requirement, links: found, cells: cellsOf(found, requirement.waivers) }
}

/** Roles in which a requirement has no clause, and waivers that it has outgrown. */
const requirementFindings = ({ requirement, cells }: RequirementRow): readonly string[] => [
  ...ROLES.filter(role => cells[role] === 'missing').map(
    role => `${requirement.id} has no clause that is linked in role ${role}`,
  ),
  ...requirement.waivers
    .filter(({ role }) => cells[role] === 'linked')
    .map(({ role }) => `${requirement.id} waives ${role}, in which one of its clauses is linked`),
]

/** Holds the links against the document. */
export const matrixOf = (spec: Spec, links: readonly Link[]): Matrix => {
  const grouped = Map.groupBy(links, ({ clause }) => clause)
  const rows = spec.clauses.map(clause => rowOf(clause, grouped.get(clause.id) ?? []))
  const known = new Set(spec.clauses.map(({ id }) => id))
  const missing = rows.flatMap(({ clause, cells }) =>
    ROLES.filter(role => cells[role] === 'missing').map(role => `${clause.id} has no link in role ${role}`),
  )
  const dangling = links
    .filter(({ clause }) => !known.has(clause))
    .map(({ clause, role, where }) => `${clause} is no clause, but is linked in role ${role}: ${where}`)
  const requirements = spec.requirements
    .filter(({ id }) => !CONTEXT.includes(id))
    .map(requirement => requirementRowOf(requirement, rows))
  const isLinked = ({ cells }: Row): boolean => ROLES.every(role => role === 'fault' || cells[role] === 'linked')
  return {
    rows,
    requirements,
    findings: [...spec.findings, ...missing, ...dangling, ...requirements.flatMap(requirementFindings)],
    summary: {
      clauses: rows.length,
      linked: rows.filter(isLinked).length,
      waived: rows.filter(({ clause }) => clause.waivers.length > 0).length,
      faults: rows.filter(({ cells }) => cells.fault === 'linked').length,
    },
  }
}
