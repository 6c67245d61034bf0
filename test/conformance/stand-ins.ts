/** HSMs of another type that stand in the place of others: they keep the names of those, and are known by their addresses. */
import type { Due } from './blame.ts'
import type { Memory } from './memory.ts'
import type { Observation } from './port.ts'

const CLAUSES: readonly string[] = ['§migrate.hsm', '§rollback.hsm']

/** The names of the HSMs in whose place the step has put others. */
export const standIns = ({ taken, before }: Due): readonly string[] =>
  taken.fired.flatMap(({ machine, clause, slot }) =>
    machine === 'hsm' && CLAUSES.includes(clause) ? (before.hsm[slot] ?? []) : [],
  )

/** Gives their names to the ids that are at their addresses now. */
export const bindStandIns = ({ ids, names, fixed }: Memory, { clusters }: Observation, standing: readonly string[]) => {
  const listed = clusters.flatMap(({ hsms }) => hsms).filter(({ state }) => state !== 'DELETED')
  for (const name of standing) {
    const [was, is] = [ids.get(name), listed.find(({ eniIp }) => eniIp === fixed.get(`${name} eniIp`))?.hsmId]
    if (is === undefined || names.has(is)) continue
    if (was !== undefined) names.delete(was)
    ids.set(name, is)
    names.set(is, name)
  }
}
