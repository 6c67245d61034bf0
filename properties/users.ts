/** Users and keys, policies and quorum: who may do what, and what it does. */
import type { Part, RULES } from '../model/index.ts'
import { served, type Operation } from './client.ts'
import { factsOf, sameContents } from './facts.ts'
import type { Facts } from './folded.ts'
import { refusal, sometimesStep, step, type Property, type StepProperty } from './property.ts'
import type { Read, StepReads } from './reads.ts'

type DataRule = (typeof RULES.data)[number]
type ByUser = StepReads<Exclude<DataRule, 'Activate'>>
type Write = 'CreateUser' | 'GenerateKey' | 'SetPolicy' | 'SetQuorum'

const BY_USER = ['LogIn', 'CreateUser', 'GenerateKey', 'UseKey', 'SetPolicy', 'SetQuorum'] as const
const READS: readonly Read[] = ['facts']

/** What the user finds who asks and exists; null where there is nobody of that name. */
const found = (operation: ByUser): Facts | null => {
  const cluster = served(operation)
  const [name] = (operation.input.as === 'CO' ? cluster?.configuration : cluster?.users) ?? []
  return name === undefined || name === 0 ? null : cluster
}

/** Whether the first ACTIVE HSM has a crypto user, or the key. */
const has = (cluster: Facts | null, part: 'users' | 'keys'): boolean => (cluster?.[part][0] ?? 0) !== 0

/** The contents of this HSM, if it is an ACTIVE one of the cluster, as they were, with this part set. */
const isWritten = ({ before, after, input }: Operation, part: Part, value: number, slot: number): boolean => {
  if (!factsOf(before, input.cluster).active.includes(slot)) return true
  const [was, became] = [before.hsm[slot], after.hsm[slot]]
  return was !== undefined && sameContents(became?.context.contents, { ...was.context.contents, [part]: value })
}

/** Every ACTIVE HSM of the cluster answers, and no other. */
const isAnswered = ({ before, emitted, input }: Operation): boolean => {
  const { active } = factsOf(before, input.cluster)
  return before.hsm.every((_, at) => emitted.some(({ slot }) => slot === at) === active.includes(at))
}

/** PRECO is no more; null where the client gets to no HSM. */
const hasOfficer = (operation: Operation): boolean | null => {
  const [officer] = served(operation)?.configuration ?? []
  return officer === undefined ? null : officer !== 0
}

const denied = <Name extends Exclude<DataRule, 'Activate' | 'LogIn'>>(
  id: string,
  rules: readonly Name[],
  only: 'CO' | 'CU',
): StepProperty =>
  refusal<Name>({
    id,
    says: `${rules.join(' and ')} by anyone but a ${only} is refused.`,
    rules,
    reads: READS,
    code: 'NOT_PERMITTED',
    when: operation =>
      (operation as unknown as ByUser).input.as !== only && found(operation as unknown as ByUser) !== null,
  })

const sets = <Name extends Write>(
  id: string,
  says: string,
  rule: Name,
  part: Part,
  by: 'CO' | 'CU',
  isFree: (cluster: Facts) => boolean,
): StepProperty =>
  step<Write>({
    id,
    says,
    rules: [rule],
    reads: ['hsm', 'facts', 'outcome'],
    when: operation => {
      if (operation.input.as !== by) return false
      const cluster = found(operation)
      return cluster !== null && isFree(cluster)
    },
    each: 'hsm',
    holds: (operation, slot) =>
      operation.outcome.kind === 'accepted' && isWritten(operation, part, operation.input.value, slot),
  })

export const users: readonly Property[] = [
  refusal({
    id: '§user.activate.once',
    says: 'Activate is refused when PRECO is no more.',
    rules: ['Activate'],
    reads: READS,
    code: 'ALREADY_ACTIVATED',
    when: operation => hasOfficer(operation) === true,
  }),
  step({
    id: '§user.activate',
    says: 'Activate makes PRECO the officer CO.',
    rules: ['Activate'],
    reads: ['hsm', 'facts', 'outcome'],
    when: operation => hasOfficer(operation) === false,
    each: 'hsm',
    holds: (operation, slot) =>
      operation.outcome.kind === 'accepted' && isWritten(operation, 'configuration', operation.input.value, slot),
  }),
  refusal({
    id: '§user.login.missing',
    says: 'An operation by a user who does not exist is refused.',
    rules: BY_USER,
    reads: READS,
    code: 'USER_MISSING',
    when: operation => served(operation) !== null && found(operation) === null,
  }),
  refusal({
    id: '§user.login.password',
    says: 'A login with a wrong password is refused.',
    rules: ['LogIn'],
    reads: READS,
    code: 'LOGIN_FAILURE',
    when: operation => operation.input.password === 'wrong' && found(operation) !== null,
  }),
  step({
    id: '§user.login',
    says: 'A login with the right password is accepted by every ACTIVE HSM of the cluster.',
    rules: ['LogIn'],
    reads: ['hsm', 'facts', 'outcome', 'emitted'],
    when: operation => operation.input.password === 'right' && found(operation) !== null,
    holds: operation => operation.outcome.kind === 'accepted' && isAnswered(operation),
  }),
  denied('§user.permission', ['CreateUser'], 'CO'),
  refusal({
    id: '§user.create.exists',
    says: 'CreateUser with a name that is taken is refused.',
    rules: ['CreateUser'],
    reads: READS,
    code: 'USER_EXISTS',
    when: operation => operation.input.as === 'CO' && has(found(operation), 'users'),
  }),
  sets(
    '§user.create',
    'CreateUser creates the user with the password given.',
    'CreateUser',
    'users',
    'CO',
    cluster => !has(cluster, 'users'),
  ),
  denied('§key.permission', ['GenerateKey', 'UseKey'], 'CU'),
  refusal({
    id: '§key.missing',
    says: 'UseKey is refused when there is no such key.',
    rules: ['UseKey'],
    reads: READS,
    code: 'KEY_MISSING',
    when: operation => operation.input.as === 'CU' && found(operation)?.keys[0] === 0,
  }),
  sets('§key.generate', 'GenerateKey creates a key inside every ACTIVE HSM.', 'GenerateKey', 'keys', 'CU', () => true),
  sometimesStep({
    id: '§key.generate',
    says: 'A key is generated.',
    rules: ['GenerateKey'],
    reads: ['outcome'],
    reached: ({ outcome }) => outcome.kind === 'accepted',
  }),
  step({
    id: '§key.use',
    says: 'A key is used without changing anything, and is the same on every ACTIVE HSM that holds it.',
    rules: ['UseKey'],
    reads: ['facts', 'outcome', 'unchanged'],
    when: operation => operation.input.as === 'CU' && has(found(operation), 'keys'),
    holds: ({ before, outcome, unchanged, input }) => {
      const { keys } = factsOf(before, input.cluster)
      return outcome.kind === 'accepted' && unchanged && new Set(keys.filter(key => key !== 0)).size === 1
    },
  }),
  denied('§policy.permission', ['SetPolicy'], 'CO'),
  sets('§policy.set', 'SetPolicy sets the policy to the value given.', 'SetPolicy', 'policies', 'CO', () => true),
  denied('§quorum.permission', ['SetQuorum'], 'CO'),
  sets('§quorum.set', 'SetQuorum sets the quorum value to the value given.', 'SetQuorum', 'quorum', 'CO', () => true),
]
