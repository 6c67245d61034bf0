/** Comparing what requests return with what they should. */
import type { Due } from './blame.ts'
import { bind, type Memory } from './memory.ts'
import type { Answer, Observation } from './port.ts'
import { hypothesisOf, type Divergence, type Situation } from './situation.ts'

/** Notes the id that the answer gives to what was made. */
export const nameResult = (memory: Memory, { event, taken }: Due, answer: Answer): Divergence | null => {
  if (taken.outcome.kind !== 'accepted' || (event.rule !== 'CreateCluster' && event.rule !== 'CreateHsm')) return null
  const result = answer.kind === 'accepted' ? answer.result : undefined
  const id = event.rule === 'CreateCluster' ? result?.clusterId : result?.hsmId
  const clause = event.rule === 'CreateCluster' ? '§cluster.create' : '§hsm.create'
  const expected = 'a new id'
  if (id === undefined || event.makes === undefined)
    return { clause, what: 'the answer', expected, actual: id ?? 'no id' }
  return bind(memory, event.makes, id)
    ? null
    : { clause, what: 'the answer', expected, actual: `the id of ${memory.names.get(id)}` }
}

/** What an accepted request returned besides ids. */
export const compareResult = (
  current: Situation,
  due: Due,
  answer: Answer,
  observed: Observation,
): Divergence | null => {
  if (answer.kind !== 'accepted' || due.taken.outcome.kind !== 'accepted') return null
  const { event } = due
  const result = answer.result ?? {}
  if (event.rule === 'UseKey') return compareCheck(current, due, result.check)
  if (event.rule !== 'DescribeClusters' && event.rule !== 'DescribeBackups') return null
  const [filter, names] =
    event.rule === 'DescribeClusters'
      ? ([event.cluster, current.names.cluster] as const)
      : ([event.backup, current.names.backup] as const)
  const due_ = names.filter(name => name !== null && (filter === null || filter === name))
  const ids = new Set(due_.map(name => current.memory.ids.get(name ?? '')))
  const pick = <T extends { readonly state: string }>(all: readonly T[], idOf: (one: T) => string) =>
    all.filter(one => one.state !== 'DELETED').toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
  const [expected, actual] =
    event.rule === 'DescribeClusters'
      ? [
          pick(observed.clusters, one => one.clusterId).filter(one => ids.has(one.clusterId)),
          pick(result.clusters ?? [], one => one.clusterId),
        ]
      : [
          pick(observed.backups, one => one.backupId).filter(one => ids.has(one.backupId)),
          pick(result.backups ?? [], one => one.backupId),
        ]
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(actual)]
  const clause = event.rule === 'DescribeClusters' ? '§cluster.describe' : '§backup.describe'
  return wanted === got ? null : { clause, what: 'what is listed', expected: wanted, actual: got }
}

const compareCheck = (current: Situation, due: Due, check: string | undefined): Divergence | null => {
  const fired = due.taken.fired.find(({ machine }) => machine === 'hsm')
  const token = hypothesisOf(current).state.hsm[fired?.slot ?? 0]?.context.contents.keys ?? 0
  const contradiction =
    check === undefined ? null : current.memory.checks.learn(`${token} ${current.secrets.challenge(token)}`, check)
  if (check !== undefined && contradiction === null) return null
  const expected = contradiction?.kind === 'another value' ? contradiction.value : 'what this key computes and no other'
  return { clause: '§key.use', what: 'what the key computes', expected, actual: check ?? 'nothing' }
}
