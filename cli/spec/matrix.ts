/** The matrix of clauses and roles: what is linked, what is waived, what is missing; and links that lead nowhere. */
import { ROLES, type Clause, type Role, type Spec } from './clauses.ts'
import type { Link } from './links.ts'

export type Cell = 'linked' | 'waived' | 'missing'

export interface Row {
  readonly clause: Clause
  readonly links: Readonly<Record<Role, readonly string[]>>
  readonly cells: Readonly<Record<Role, Cell>>
}

export interface Matrix {
  readonly rows: readonly Row[]
  /** What is wrong, one line each: mistakes of the document, links that are missing, links to no clause. */
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

const rowOf = (clause: Clause, links: readonly Link[]): Row => {
  const found = ofEach(role => [...new Set(links.filter(link => link.role === role).map(({ where }) => where))])
  const cells = ofEach((role): Cell => {
    if (found[role].length > 0) return 'linked'
    return clause.waivers.some(waiver => waiver.role === role) ? 'waived' : 'missing'
  })
  return { clause, links: found, cells }
}

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
  const isLinked = ({ cells }: Row): boolean => ROLES.every(role => role === 'fault' || cells[role] === 'linked')
  return {
    rows,
    findings: [...spec.findings, ...missing, ...dangling],
    summary: {
      clauses: rows.length,
      linked: rows.filter(isLinked).length,
      waived: rows.filter(({ clause }) => clause.waivers.length > 0).length,
      faults: rows.filter(({ cells }) => cells.fault === 'linked').length,
    },
  }
}
