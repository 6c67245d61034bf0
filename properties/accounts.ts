/** Accounts: who is let in, who is locked out, whose password is changed, who is deleted. */
import { isApproved } from './approval.ts'
import { BY_USER, FIVE, READS, found, hasUser, isLocked, isOfficer, known, type ByUser } from './asked.ts'
import { served, type Operation } from './client.ts'
import { factsOf, sameContents } from './facts.ts'
import type { Facts } from './folded.ts'
import { isReplaced } from './limited.ts'
import { EVERY, refusal, sometimes, step, type Property } from './property.ts'
import { holdersIn } from './reached.ts'
import type { StateReads, StepReads } from './reads.ts'
import { sets } from './users.ts'

type About = StepReads<'ChangePassword' | 'DeleteUser'>
type User = ByUser['input']['as']

const ABOUT = ['ChangePassword', 'DeleteUser'] as const
const NAMES = ['CO', 'CO2', 'CO3', 'CU'] as const satisfies readonly User[]

/** Every ACTIVE HSM of the cluster answers, and no other. */
const isAnswered = ({ before, emitted, input }: Operation): boolean => {
  const { active } = factsOf(before, input.cluster)
  return before.hsm.every((_, at) => emitted.some(({ slot }) => slot === at) === active.includes(at))
}

/** An ACTIVE HSM of the cluster has counted this many failures more, and has the contents that it had. */
const hasCounted = ({ before, after, input }: StepReads<'LogIn'>, slot: number): boolean => {
  if (!factsOf(before, input.cluster).active.includes(slot)) return true
  const [was, became] = [before.hsm[slot]?.context, after.hsm[slot]?.context]
  const isSame = sameContents(was?.contents, became?.contents)
  return isSame && became?.failures[input.as] === (was?.failures[input.as] ?? FIVE) + 1
}

/** Who asks may change the password of the user named, or delete him. */
const isPermitted = ({ input }: About): boolean =>
  input.rule === 'DeleteUser' ? isOfficer({ input } as ByUser) && input.as !== input.user : mayChange({ input })

const mayChange = ({ input }: Pick<About, 'input'>): boolean =>
  isOfficer({ input } as ByUser) || input.as === input.user

/** A user who owns the key. */
const ownsKey = (cluster: Facts | null, user: User): boolean =>
  user === 'CU' && cluster !== null && holdersIn(cluster) > 0

/** The accounts that an HSM has locked. */
const lockedOn = ({ hsm }: Pick<StateReads, 'hsm'>, slot: number): readonly User[] =>
  NAMES.filter(name => (hsm[slot]?.context.failures[name] ?? 0) >= FIVE)

/** What is locked stays so on an HSM that stays ACTIVE, but for a user whose password is changed or who is deleted, and then it is not. */
const isStillLocked = (step: StepReads, slot: number): boolean => {
  const { before, after, input, outcome } = step
  if (isReplaced(step, slot)) return true
  if (before.hsm[slot]?.value !== 'ACTIVE' || after.hsm[slot]?.value !== 'ACTIVE') return true
  const opened = input.rule === 'ChangePassword' || input.rule === 'DeleteUser' ? input.user : null
  const still = lockedOn(after, slot)
  const isOpened = outcome.kind === 'accepted' && after.hsm[slot] !== before.hsm[slot]
  return lockedOn(before, slot).every(name => still.includes(name) !== (isOpened && name === opened))
}

export const accounts: readonly Property[] = [
  refusal({
    id: '§user.lockout',
    says: 'An operation by a user whom an ACTIVE HSM has locked after five failed logins is refused.',
    rules: BY_USER,
    reads: READS,
    code: 'USER_LOCKED',
    when: operation => isLocked(known(operation), operation.input.as),
  }),
  step({
    id: '§user.login.failure',
    says: 'A login with a wrong password fails, and every ACTIVE HSM counts it.',
    rules: ['LogIn'],
    reads: ['hsm', 'facts', 'outcome'],
    when: operation => operation.input.password === 'wrong' && found(operation) !== null,
    each: 'hsm',
    holds: (operation, slot) =>
      operation.outcome.kind === 'failed' && operation.outcome.code === 'LOGIN_FAILURE' && hasCounted(operation, slot),
  }),
  step({
    id: '§user.login',
    says: 'A login with the right password is accepted by every ACTIVE HSM of the cluster.',
    rules: ['LogIn'],
    reads: ['hsm', 'facts', 'outcome', 'emitted'],
    when: operation => operation.input.password === 'right' && found(operation) !== null,
    holds: operation => operation.outcome.kind === 'accepted' && isAnswered(operation),
  }),
  step({
    id: '§user.login.anew',
    says: 'After a login that is accepted every ACTIVE HSM of the cluster counts from none.',
    rules: ['LogIn'],
    reads: ['hsm', 'facts', 'outcome'],
    when: ({ outcome }) => outcome.kind === 'accepted',
    each: 'hsm',
    holds: ({ before, after, input }, slot) =>
      !factsOf(before, input.cluster).active.includes(slot) || after.hsm[slot]?.context.failures[input.as] === 0,
  }),
  step({
    id: '§user.lockout.own',
    says: 'An HSM that joins has counted no failure of anybody.',
    rules: ['HsmRestored'],
    skips: 'disabled',
    reads: ['hsm', 'outcome'],
    when: ({ outcome }) => outcome.kind === 'accepted',
    holds: ({ after, input }) => NAMES.every(name => after.hsm[input.hsm]?.context.failures[name] === 0),
  }),
  step({
    id: '§user.lockout.stays',
    says: 'An account that an HSM has locked stays locked there until its password is changed or its user is deleted, and no longer.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['hsm', 'outcome'],
    when: ({ before }) => before.hsm.some(({ value }, slot) => value === 'ACTIVE' && lockedOn(before, slot).length > 0),
    each: 'hsm',
    holds: isStillLocked,
  }),
  step({
    id: '§user.list',
    says: 'ListUsers is answered by every ACTIVE HSM to anybody, and changes nothing.',
    rules: ['ListUsers'],
    reads: ['hsm', 'facts', 'outcome', 'emitted', 'unchanged'],
    when: operation => served(operation as Operation) !== null,
    holds: operation =>
      operation.outcome.kind === 'accepted' && operation.unchanged && isAnswered(operation as Operation),
  }),
  refusal({
    id: '§user.password.permission',
    says: 'ChangePassword by anyone but the user and an officer is refused.',
    rules: ['ChangePassword'],
    reads: READS,
    code: 'NOT_PERMITTED',
    when: operation => found(operation) !== null && !mayChange(operation),
  }),
  refusal({
    id: '§user.delete.self',
    says: 'DeleteUser of the officer who asks is refused.',
    rules: ['DeleteUser'],
    reads: READS,
    code: 'NOT_PERMITTED',
    when: operation => found(operation) !== null && isOfficer(operation) && operation.input.as === operation.input.user,
  }),
  refusal({
    id: '§user.target',
    says: 'ChangePassword and DeleteUser of a user who does not exist are refused.',
    rules: ABOUT,
    reads: READS,
    code: 'USER_MISSING',
    when: operation => {
      const cluster = found(operation)
      const isFree = cluster !== null && isPermitted(operation) && isApproved(cluster, operation)
      return isFree && !hasUser(cluster, operation.input.user)
    },
  }),
  refusal({
    id: '§user.delete.keys',
    says: 'DeleteUser of a user who owns a key is refused.',
    rules: ['DeleteUser'],
    reads: READS,
    code: 'USER_OWNS_KEYS',
    when: operation => {
      const cluster = found(operation)
      const isFree = isPermitted(operation) && isApproved(cluster, operation)
      return isFree && hasUser(cluster, operation.input.user) && ownsKey(cluster, operation.input.user)
    },
  }),
  sets(
    '§user.password',
    'ChangePassword gives the user the password given, on every ACTIVE HSM.',
    'ChangePassword',
    (cluster, { input }) =>
      input.rule === 'ChangePassword' &&
      mayChange({ input }) &&
      isApproved(cluster, { input }) &&
      hasUser(cluster, input.user),
  ),
  step({
    id: '§user.unlock',
    says: 'After a change of the password the account is open on every HSM of the cluster.',
    rules: ['ChangePassword'],
    reads: ['hsm', 'outcome'],
    when: ({ before, outcome, input }) =>
      outcome.kind === 'accepted' && before.hsm.some((_, slot) => lockedOn(before, slot).includes(input.user)),
    each: 'hsm',
    holds: ({ after, input }, slot) =>
      after.hsm[slot]?.context.cluster !== input.cluster || !lockedOn(after, slot).includes(input.user),
  }),
  sets(
    '§user.delete',
    'DeleteUser deletes the user on every ACTIVE HSM.',
    'DeleteUser',
    (cluster, { input }) =>
      input.rule === 'DeleteUser' &&
      isPermitted({ input } as About) &&
      isApproved(cluster, { input }) &&
      hasUser(cluster, input.user) &&
      !ownsKey(cluster, input.user),
  ),
  sometimes({
    id: '§loss.credentials',
    says: 'An HSM has a key, and has locked its only officer and the user of the key.',
    reads: ['hsm'],
    reached: ({ hsm }) =>
      hsm.some(({ value, context }, slot) => {
        const locked = lockedOn({ hsm }, slot)
        const isAlone = context.contents.keys !== 0 && context.contents.second === 0
        return value === 'ACTIVE' && isAlone && locked.includes('CO') && locked.includes('CU')
      }),
  }),
  sometimes({
    id: '§adversary.lockout',
    says: 'One HSM of a cluster has locked an account, and one that joined later has it open.',
    reads: ['facts'],
    reached: ({ facts }) =>
      facts.some(({ failures }) => NAMES.some(name => new Set(failures.map(one => one[name] >= FIVE)).size === 2)),
  }),
]
