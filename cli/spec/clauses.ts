/** SPEC.md read: its clauses, each with its waivers, and the table of requirements; and what is wrong with how they are written. */

/** The roles in which a clause is linked: the rooms of the house, and the broken implementations. */
export const ROLES = ['model', 'properties', 'impl', 'test', 'fault'] as const
export type Role = (typeof ROLES)[number]

export interface Waiver {
  readonly role: Role
  readonly reason: string
}

export interface Clause {
  /** `§area.topic` */
  readonly id: string
  /** The clause's sentences, without its name and its waivers. */
  readonly text: string
  /** The heading that it stands under. */
  readonly section: string
  /** Line in SPEC.md, counted from 1. */
  readonly line: number
  readonly waivers: readonly Waiver[]
}

/** A row of the table of requirements and invariants. */
export interface Requirement {
  readonly id: string
  readonly line: number
  /** Clauses that it points at, as written: `§area.*` stands for all of an area. */
  readonly clauses: readonly string[]
  /** Roles in which none of its clauses is linked yet. */
  readonly waivers: readonly Waiver[]
}

export interface Spec {
  readonly clauses: readonly Clause[]
  readonly requirements: readonly Requirement[]
  /** Mistakes in the document itself, each with its line. */
  readonly findings: readonly string[]
}

/** Names that no clause will ever have: for explanations, and for tests that need one. */
const NOBODYS = ['§area.', '§no.', '§a.b']

/** Whether a reference is a mere example of a name. */
export const isExample = (reference: string): boolean => NOBODYS.some(name => reference.startsWith(name))

/** A name as it is referred to: it has a dot, so that section numbers and lone words are none. */
export const REFERENCE = /§[a-z][a-z0-9]*(?:\.[a-z0-9]+)+(?:\.\*)?|§[a-z][a-z0-9]*\.\*/g

const CLAUSE = /^\*\*(§[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)\*\* (\S.*)$/
const WAIVER = /\[waived([^\]]*)(\]?)/g
const ROW = /^\| ([RI]\d+) \| .* \| (.*) \|$/

/** R38 and R39 are context: they need a sentence and no clause. */
export const CONTEXT = ['R38', 'R39']
const REQUIRED = [...numbered('R', 39), ...numbered('I', 5)]

function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)
}

const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word)

/** Whether a reference, wildcards included, speaks of a clause. */
export const pointsAt = (reference: string, id: string): boolean =>
  reference.endsWith('.*') ? id.startsWith(reference.slice(0, -1)) : reference === id

const readWaivers = (text: string): { readonly waivers: readonly Waiver[]; readonly findings: readonly string[] } => {
  const read = [...text.matchAll(WAIVER)].map(([whole, inner = '', end]) => {
    const [, role = '', reason = ''] = /^ ([^\s:]*)(?::\s*(.*))?$/.exec(inner) ?? []
    if (end === '') return `has a waiver that does not end: ${whole}`
    if (!isRole(role)) return `expected a waiver of ${ROLES.join(', ')}, got '${inner.trim()}'`
    return reason === '' ? `waives ${role} without a reason` : { role, reason }
  })
  return {
    waivers: read.filter(item => typeof item !== 'string'),
    findings: read.filter(item => typeof item === 'string'),
  }
}

/** Reads the document. Never throws: what it cannot read is a finding. */
export const parseSpec = (document: string): Spec => {
  const clauses: Clause[] = []
  const requirements: Requirement[] = []
  const findings: string[] = []
  let section = ''
  document.split('\n').forEach((written, index) => {
    const line = index + 1
    const find = (what: string): number => findings.push(`SPEC.md:${line} ${what}`)
    section = /^#+ (.*)$/.exec(written)?.[1] ?? section
    const [, requirement, references = ''] = ROW.exec(written) ?? []
    if (requirement !== undefined) {
      const { waivers, findings: wrong } = readWaivers(references)
      wrong.forEach(what => find(`${requirement} ${what}`))
      const pointed = references.replaceAll(WAIVER, '').match(REFERENCE) ?? []
      requirements.push({ id: requirement, line, clauses: pointed, waivers })
    }
    if (!written.startsWith('**§')) return
    const [, id, rest = ''] = CLAUSE.exec(written) ?? []
    if (id === undefined)
      return void find(`expected a clause, **§area.topic** and its text, got ${written.slice(0, 60)}`)
    if (clauses.some(clause => clause.id === id)) find(`lists ${id} twice`)
    const { waivers, findings: wrong } = readWaivers(rest)
    wrong.forEach(what => find(`${id} ${what}`))
    if (new Set(waivers.map(({ role }) => role)).size < waivers.length) find(`${id} waives a role twice`)
    clauses.push({ id, text: rest.replaceAll(WAIVER, '').trim(), section, line, waivers })
  })
  return {
    clauses,
    requirements,
    findings: [...findings, ...lintReferences(document, clauses), ...lintTable(requirements)],
  }
}

const lintReferences = (document: string, clauses: readonly Clause[]): readonly string[] =>
  document
    .split('\n')
    .flatMap((written, index) =>
      [...new Set(written.match(REFERENCE) ?? [])]
        .filter(reference => !isExample(reference) && !clauses.some(({ id }) => pointsAt(reference, id)))
        .map(reference => `SPEC.md:${index + 1} refers to ${reference}, which is no clause`),
    )

const lintTable = (requirements: readonly Requirement[]): readonly string[] => {
  const rows = Map.groupBy(requirements, ({ id }) => id)
  return [
    ...REQUIRED.filter(id => !rows.has(id)).map(id => `SPEC.md has no row for ${id}`),
    ...[...rows].flatMap(([id, [first, ...more]]) => [
      ...more.map(({ line }) => `SPEC.md:${line} has a second row for ${id}`),
      ...(first?.clauses.length === 0 && !CONTEXT.includes(id)
        ? [`SPEC.md:${first.line} ${id} points at no clause`]
        : []),
      ...(REQUIRED.includes(id) ? [] : [`SPEC.md:${first?.line} has a row for ${id}, which is no requirement`]),
    ]),
  ]
}
