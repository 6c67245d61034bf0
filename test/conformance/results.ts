/** Comparing what requests return with what they should. */
import type { Due } from './blame.ts'
import { listedAs } from './compare.ts'
import { usersOf } from './contents.ts'
import { expectationOf, type Expected } from './expect.ts'
import { bind, type Memory } from './memory.ts'
import type { Answer, Observation, Result } from './port.ts'
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
  if (event.rule === 'ListUsers') return compareUsers(current, due, result)
  if (event.rule === 'DescribeClusters')
    return compareListing(current, '§cluster.describe', event.cluster, result, observed)
  if (event.rule === 'DescribeBackups')
    return compareListing(current, '§backup.describe', event.backup, result, observed)
  return null
}

/** What is listed is what is observed, of all or of one; the order in which it is listed is the target's own. */
const compareListing = (
  { memory }: Situation,
  clause: '§cluster.describe' | '§backup.describe',
  filter: string | null,
  listed: Pick<Result, 'clusters' | 'backups'>,
  { clusters, backups }: Observation,
): Divergence | null => {
  const observed = listedAs(memory, clause === '§cluster.describe' ? { clusters } : { backups })
  const due = observed.filter(({ name, fields }) => filter === null || filter === name || filter === fields['cluster'])
  const [expected, actual] = [sayListing(due), sayListing(listedAs(memory, listed))]
  return expected === actual ? null : { clause, what: 'what is listed', expected, actual }
}

/** The users of the cluster, and those whom one of its ACTIVE HSMs has locked out. */
const compareUsers = (current: Situation, due: Due, { users = [], locked = [] }: Result): Divergence | null => {
  const { contents, locked: lockedOn } = expectationOf(current.names, hypothesisOf(current).state)
  const asked = due.taken.fired.flatMap(({ machine, slot }) => (machine === 'hsm' ? [due.before.hsm[slot] ?? ''] : []))
  const [first] = asked.flatMap(name => contents.get(name) ?? [])
  const out = new Set(asked.flatMap(name => lockedOn.get(name) ?? []))
  const say = (names: readonly string[], without: readonly string[]) =>
    `${names.toSorted().join(' ')}, locked out: ${without.toSorted().join(' ') || 'nobody'}`
  const expected = say(first === undefined ? [] : usersOf(first), [...out])
  const actual = say(users, locked)
  return expected === actual ? null : { clause: '§user.list', what: 'who is listed', expected, actual }
}

const sayListing = (things: readonly Expected[]): string => {
  const said = things.map(({ name, fields }) => `${name} (${Object.values(fields).join(', ')})`)
  return said.length === 0 ? 'nothing' : said.toSorted().join('; ')
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
