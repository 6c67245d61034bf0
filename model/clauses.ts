/** Where the model says what: every clause with the entries, rules and fields that model it. */
import { CONTEXT, SEEN } from './blame.ts'
import type { CloudHsm } from './cloudhsm.ts'
import { transitionsOf } from './coverage.ts'
import { RELEASED, SIGHTS } from './low.ts'

/** From clause to the names of what models it: `cluster/ACTIVE/DeleteCluster/0`, `rule CreateHsm`, `field hsm.saved`. */
export const clausesOf = (model: CloudHsm): ReadonlyMap<string, readonly string[]> => {
  const links = [
    ...transitionsOf(model).flatMap(({ id, clause, also }) => [clause, ...also].map(name => [name, id] as const)),
    ...model.rules.flatMap(({ name, clauses }) => clauses.map(clause => [clause, `rule ${name}`] as const)),
    ...Object.entries(SEEN).map(([field, clause]) => [clause, `seen ${field}`] as const),
    ...Object.entries(SIGHTS).map(([what, clause]) => [clause, `the service sees ${what}`] as const),
    ...RELEASED.map(({ rule, field, clause }) => [clause, `released ${rule}.${field}`] as const),
    ...Object.entries(CONTEXT).flatMap(([machine, fields]) =>
      Object.entries(fields).flatMap(([field, clauses]: readonly [string, readonly string[]]) =>
        clauses.map(clause => [clause, `field ${machine}.${field}`] as const),
      ),
    ),
  ]
  const grouped = Map.groupBy(links, ([clause]) => clause)
  return new Map([...grouped].map(([clause, found]) => [clause, found.map(([, where]) => where)]))
}
