/** Judging one step: everything that can be seen after it is compared with what the model says. */
import { blameBench, blameContents, blameDifferences, blameJob, blameLock, type Due } from './blame.ts'
import { leakOf, reuseIn } from './bytes.ts'
import { benchDifference, bindNew, differencesOf } from './compare.ts'
import { bindStandIns, standIns } from './stand-ins.ts'
import { firstPartOf, isInitial, looksLike, partsThatDiffer } from './contents.ts'
import { expectationOf } from './expect.ts'
import { GRACE, TEN_MINUTES } from './mapping.ts'
import type { Memory } from './memory.ts'
import { makesOf, replacedBy } from './names.ts'
import type { Answer, Observation } from './port.ts'
import { compareResult, nameResult } from './results.ts'
import { compareTokens } from './tokens.ts'
import { comparePending } from './settles.ts'
import { hypothesisOf, type Divergence, type Situation } from './situation.ts'

/** Compares everything after a step, in this order: result, account, contents, bench, what is pending, what has left. */
export const judgeStep = async (current: Situation, due: Due, answer: Answer): Promise<Divergence | null> => {
  const { target, memory, secrets, watch: seen } = current
  note(current, due)
  const named = nameResult(memory, due, answer)
  if (named !== null) return named
  const observed = await target.observe()
  const kind = makesOf(due.event, due.taken)
  bindStandIns(memory, observed, standIns(due))
  bindNew(memory, observed, kind === null || due.event.makes === undefined ? null : { kind, name: due.event.makes })
  const divergence =
    compareAccount(current, due, observed) ??
    compareLocks(current, due, observed) ??
    compareContents(current, due, observed) ??
    compareTokensSeen(current, due, observed) ??
    compareBench(current, due, observed) ??
    compareResult(current, due, answer, observed) ??
    (await comparePending(current, due))
  if (divergence !== null) return divergence
  const leak = leakOf(seen, secrets.all(), await target.left()) ?? reuseIn(seen, await target.sealed())
  return leak === null
    ? null
    : {
        clause: leak.clause,
        what: 'what has left the HSMs and the client',
        expected: 'nothing that anybody else can read',
        actual: leak.what,
      }
}

/** Keeps count of time, for DeleteTimestamp; a new HSM has the address of the one that it replaces. */
const note = ({ memory }: Situation, { event, taken, before }: Due): void => {
  if (taken.outcome.kind === 'refused') return
  if (event.rule === 'Elapse') memory.elapsed += GRACE
  if (event.rule === 'TenMinutes') memory.elapsed += TEN_MINUTES
  if (
    (event.rule === 'DeleteBackup' || event.rule === 'BackupExpired') &&
    taken.fired.some(({ source }) => source === 'READY')
  )
    memory.deleted.set(event.backup, memory.elapsed)
  if (event.makes === undefined) return
  memory.taken.set(event.makes, memory.elapsed)
  if (event.rule === 'CopyBackupToRegion') noteCopy(memory, event.backup, event.makes)
  const replaced = replacedBy(taken)
  const address = replaced === null ? undefined : memory.fixed.get(`${before.hsm[replaced]} eniIp`)
  if (address !== undefined) memory.fixed.set(`${event.makes} eniIp`, address)
}

/** A copy has the CreateTimestamp of its source, and says of what cluster its contents are. */
const noteCopy = (memory: Memory, source: string, copy: string): void => {
  const { fixed, taken, elapsed } = memory
  const [created, cluster, sourceCluster] = ['createTimestamp', 'clusterId', 'sourceCluster'].map(
    field => fixed.get(`${source} ${field}`) ?? '',
  )
  const age = elapsed - (taken.get(source) ?? 0)
  fixed.set(`${copy} createTimestamp`, created ?? '')
  fixed.set(`${copy} copyTimestamp`, String(Number(created) + age))
  fixed.set(`${copy} sourceBackup`, source)
  fixed.set(`${copy} sourceCluster`, (cluster === 'none' ? sourceCluster : cluster) ?? '')
  taken.set(copy, taken.get(source) ?? 0)
}

const compareAccount = (current: Situation, due: Due, observed: Observation): Divergence | null => {
  const expectation = expectationOf(current.names, hypothesisOf(current).state)
  const hasClient = current.profile.includes('data')
  const differences = differencesOf(current.memory, expectation, observed)
  const blamed = blameDifferences(
    due,
    differences.filter(({ field }) => hasClient || field !== 'warning'),
  )
  if (blamed === null) return null
  const { clause, difference } = blamed
  const field = difference.field === 'there' ? '' : ` ${difference.field}`
  return { clause, what: `${difference.name}${field}`, expected: difference.expected, actual: difference.actual }
}

const compareLocks = (current: Situation, due: Due, observed: Observation): Divergence | null => {
  const { memory, names, profile } = current
  if (!profile.includes('data')) return null
  const { locked } = expectationOf(names, hypothesisOf(current).state)
  for (const [name, expected] of locked) {
    const actual = observed.contents[memory.ids.get(name) ?? '']?.locked ?? expected
    const wrong = [...expected, ...actual].find(user => expected.includes(user) !== actual.includes(user))
    if (wrong === undefined) continue
    const say = (users: readonly string[]) =>
      users.includes(wrong) ? `${wrong} locked out` : `${wrong} not locked out`
    const clause = blameJob(due.taken) ?? blameLock(due, actual.includes(wrong))
    return { clause, what: `accounts of ${name}`, expected: say(expected), actual: say(actual) }
  }
  return null
}

const compareTokensSeen = ({ profile, ...current }: Situation, due: Due, observed: Observation): Divergence | null => {
  if (!profile.includes('data')) return null
  const expectation = expectationOf(current.names, hypothesisOf({ profile, ...current }).state)
  return compareTokens(current.memory, due, expectation, observed)
}

const compareContents = (current: Situation, due: Due, observed: Observation): Divergence | null => {
  const { memory, secrets, names } = current
  if (!current.profile.includes('data')) return null
  const { state } = hypothesisOf(current)
  const { contents } = expectationOf(names, state)
  const looks = [...contents].map(([name, expected]) => {
    const actual = observed.contents[memory.ids.get(name) ?? '']
    return {
      name,
      expected,
      actual,
      parts: actual === undefined ? null : partsThatDiffer(memory, secrets, expected, actual),
    }
  })
  const wrong = looks.find(({ parts }) => parts === null || parts.length > 0)
  if (wrong === undefined) return null
  const { name, expected, actual, parts } = wrong
  const [part] = parts ?? []
  if (actual === undefined || part === undefined) {
    const divergence = { what: `contents of ${name}`, expected: 'shown to its customer', actual: 'not shown' }
    return { clause: blameJob(due.taken) ?? '§port.answer', ...divergence }
  }
  const similar = due.from.backup.filter(
    ({ value, context: { contents: held } }) =>
      value !== 'vacant' && looksLike(secrets, held, actual) && firstPartOf(held, expected) !== null,
  )
  const home = state.hsm[names.hsm.indexOf(name)]?.context.cluster
  const hasPeer = due.taken.fired.some(({ machine, event }) => machine === 'hsm' && event === 'Synchronise')
  const circumstances = {
    name,
    part: part.part,
    computes: part.computes && parts?.length === 1,
    isBackup: hasPeer && similar.length > 0,
    isOtherBackup: !hasPeer && similar.length > 0,
    isForeign: similar.every(({ context }) => context.cluster !== null && context.cluster !== home),
    isInitial: isInitial(secrets, actual),
    othersAreRight: looks.some(look => look !== wrong && look.parts?.length === 0 && tookPart(due, look.name)),
  }
  const clause = part.clause ?? blameContents(due, circumstances)
  return { clause, what: `${part.part} of ${name}`, expected: part.expected, actual: part.actual }
}

const tookPart = ({ taken, before }: Due, name: string): boolean =>
  taken.fired.some(({ machine, slot }) => machine === 'hsm' && before.hsm[slot] === name)

const compareBench = (current: Situation, due: Due, observed: Observation): Divergence | null => {
  if (!current.profile.includes('adversary')) return null
  const expectation = expectationOf(current.names, hypothesisOf(current).state)
  const found = benchDifference(current.memory, expectation, observed)
  if (found === null) return null
  const part = found.other === null || expectation.bench === null ? null : firstPartOf(found.other, expectation.bench)
  const { expected, actual } = found.difference
  return { clause: blameBench(due, part), what: 'contents of the bench', expected, actual }
}
