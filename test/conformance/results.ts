/** Comparing what requests return with what they should. */
import type { Due } from './blame.ts'
import { listedAs } from './compare.ts'
import { expectationOf, type Expected } from './expect.ts'
import { CUSTOMER, HOME, seenBackup } from '../../model/index.ts'
import { bind, type Memory } from './memory.ts'
import type { Answer, Asked, Observation, Result, Sent } from './port.ts'
import { compareServing, coverageOf } from './serving.ts'
import { compareTokensIssued } from './tokens.ts'
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
  if (event.rule === 'UseKey')
    return compareCheck(current, due, result.check) ?? compareServing(current.memory, due, result)
  if (event.rule === 'QuorumToken') return compareTokensIssued(current.memory, due, result)
  if (event.rule === 'ListUsers') return compareUsers(current, due, result)
  if (event.rule === 'DescribeClusters')
    return compareListing(current, '§cluster.describe', event.cluster, event, result, observed)
  if (event.rule === 'DescribeBackups')
    return compareListing(current, '§backup.describe', event.backup, event, result, observed)
  if (event.rule === 'GetResourcePolicy') return comparePolicy(current, event.backup, result.consumer)
  return null
}

/** What is listed is what is observed, of all or of one; the order in which it is listed is the target's own. */
const compareListing = (
  current: Situation,
  clause: '§cluster.describe' | '§backup.describe',
  filter: string | null,
  event: Listing,
  listed: Pick<Result, 'clusters' | 'backups'>,
  { clusters, backups }: Observation,
): Divergence | null => {
  const { memory } = current
  const { region = HOME, account = CUSTOMER, shared = false } = event
  const lent = shared ? lentTo(current, account) : []
  const observed = listedAs(memory, clause === '§cluster.describe' ? { clusters } : { backups })
  const asked = observed.filter(({ name, fields }) => [null, name, fields['cluster']].includes(filter))
  const isThere = ({ fields }: Expected) => fields['region'] === region
  const isTheirs = ({ name, fields }: Expected) => (shared ? lent.includes(name) : fields['account'] === account)
  const seen = listedAs(memory, listed)
  const [expected, actual] = [sayListing(asked.filter(each => isThere(each) && isTheirs(each))), sayListing(seen)]
  if (expected === actual) return null
  const own = !seen.every(isThere) ? '§describe.region' : seen.every(isTheirs) ? clause : '§describe.account'
  return {
    clause: shared && own !== '§describe.region' ? '§describe.shared' : own,
    what: 'what is listed',
    expected,
    actual,
  }
}

type Listing = Sent & Asked & { readonly shared?: true }

/** Names of the backups that are shared with an account. */
const lentTo = (current: Situation, account: string): readonly (string | null | undefined)[] =>
  hypothesisOf(current).state.backup.flatMap((_, slot) =>
    seenBackup(hypothesisOf(current).state, slot)?.consumer === account ? [current.names.backup[slot]] : [],
  )

/** A list does not show with whom a backup is shared. */
/** The users of the cluster, and those whom one of its ACTIVE HSMs has locked out. */
const compareUsers = (
  current: Situation,
  due: Due,
  { users = [], locked = [], uneven = [] }: Result,
): Divergence | null => {
  const { contents, locked: lockedOn } = expectationOf(current.names, hypothesisOf(current).state)
  const asked = due.taken.fired.flatMap(({ machine, slot }) => (machine === 'hsm' ? [due.before.hsm[slot] ?? ''] : []))
  const there = coverageOf(asked.flatMap(name => contents.get(name) ?? []))
  const out = new Set(asked.flatMap(name => lockedOn.get(name) ?? []))
  const say = (names: readonly string[], without: readonly string[]) =>
    `${names.toSorted().join(' ')}, locked out: ${without.toSorted().join(' ') || 'nobody'}`
  const expected = say(there.users, [...out])
  const actual = say(users, locked)
  if (expected !== actual) return { clause: '§user.list', what: 'who is listed', expected, actual }
  const [few, told] = [there.uneven, uneven].map(names => names.toSorted().join(' ') || 'nobody')
  if (few === told) return null
  return { clause: '§user.list.coverage', what: 'who is not on every HSM', expected: few ?? '', actual: told ?? '' }
}

const sayListing = (things: readonly Expected[]): string => {
  const said = things.map(({ name, fields: { consumer: _consumer, ...fields } }) => {
    return `${name} (${Object.values(fields).join(', ')})`
  })
  return said.length === 0 ? 'nothing' : said.toSorted().join('; ')
}

/** With whom a backup is shared. */
const comparePolicy = (current: Situation, backup: string, consumer: string | undefined): Divergence | null => {
  const { state } = hypothesisOf(current)
  const expected = seenBackup(state, current.names.backup.indexOf(backup))?.consumer ?? 'nobody'
  const actual = consumer ?? 'nobody'
  if (expected === actual) return null
  return { clause: '§backup.share.show', what: `with whom ${backup} is shared`, expected, actual }
}

const compareCheck = (current: Situation, due: Due, check: string | undefined): Divergence | null => {
  const { hsm } = hypothesisOf(current).state
  const fired = due.taken.fired.filter(({ machine }) => machine === 'hsm')
  const token = fired.map(({ slot }) => hsm[slot]?.context.contents.keys ?? 0).find(key => key !== 0) ?? 0
  const contradiction =
    check === undefined ? null : current.memory.checks.learn(`${token} ${current.secrets.challenge(token)}`, check)
  if (check !== undefined && contradiction === null) return null
  const expected = contradiction?.kind === 'another value' ? contradiction.value : 'what this key computes and no other'
  return { clause: '§key.use', what: 'what the key computes', expected, actual: check ?? 'nothing' }
}
