/** Users and keys, policies and quorum: who may do what, and what it does. */
import type { Contents, Part, RULES } from '../model/index.ts'
import { served, type Operation } from './client.ts'
import { activeContents, sameContents } from './facts.ts'
import { refusal, step, type Property, type StepProperty } from './property.ts'
import type { Read, StepReads } from './reads.ts'

type DataRule = (typeof RULES.data)[number]
type ByUser = StepReads<Exclude<DataRule, 'Activate'>>
type Write = 'CreateUser' | 'GenerateKey' | 'SetPolicy' | 'SetQuorum'

const BY_USER = ['LogIn', 'CreateUser', 'GenerateKey', 'UseKey', 'SetPolicy', 'SetQuorum'] as const
const READS: readonly Read[] = ['hsm']

/** What the user finds who asks and exists; null where there is nobody of that name. */
const found = (operation: ByUser): Contents | null => {
  const contents = served(operation)
  const name = operation.input.as === 'CO' ? contents?.configuration : contents?.users
  return name === undefined || name === 0 ? null : contents
}

/** The contents of each ACTIVE HSM, as they were, with this part set. */
const isWritten = ({ before, after, input }: Operation, part: Part, value: number): boolean =>
  before.hsm.every(({ value: state, context }, slot) => {
    const isReached = state === 'ACTIVE' && context.cluster === input.cluster
    return !isReached || sameContents(after.hsm[slot]?.context.contents, { ...context.contents, [part]: value })
  })

/** Every ACTIVE HSM of the cluster answers, and no other. */
const isAnswered = ({ before, emitted, input }: Operation): boolean =>
  before.hsm.every(({ value, context }, at) => {
    const isReached = value === 'ACTIVE' && context.cluster === input.cluster
    return emitted.some(({ slot }) => slot === at) === isReached
  })

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
      found(operation as unknown as ByUser) !== null && (operation as unknown as ByUser).input.as !== only,
  })

const sets = <Name extends Write>(
  id: string,
  says: string,
  rule: Name,
  part: Part,
  by: 'CO' | 'CU',
  isFree: (contents: Contents) => boolean,
): StepProperty =>
  step<Write>({
    id,
    says,
    rules: [rule],
    reads: ['hsm', 'outcome'],
    when: operation => {
      const contents = found(operation)
      return contents !== null && operation.input.as === by && isFree(contents)
    },
    holds: operation => operation.outcome.kind === 'accepted' && isWritten(operation, part, operation.input.value),
  })

export const users: readonly Property[] = [
  refusal({
    id: '§user.activate.once',
    says: 'Activate is refused when PRECO is no more.',
    rules: ['Activate'],
    reads: READS,
    code: 'ALREADY_ACTIVATED',
    when: operation => (served(operation)?.configuration ?? 0) !== 0,
  }),
  step({
    id: '§user.activate',
    says: 'Activate makes PRECO the officer CO.',
    rules: ['Activate'],
    reads: ['hsm', 'outcome'],
    when: operation => served(operation)?.configuration === 0,
    holds: operation =>
      operation.outcome.kind === 'accepted' && isWritten(operation, 'configuration', operation.input.value),
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
    when: operation => found(operation) !== null && operation.input.password === 'wrong',
  }),
  step({
    id: '§user.login',
    says: 'A login with the right password is accepted by every ACTIVE HSM of the cluster.',
    rules: ['LogIn'],
    reads: ['hsm', 'outcome', 'emitted'],
    when: operation => found(operation) !== null && operation.input.password === 'right',
    holds: operation => operation.outcome.kind === 'accepted' && isAnswered(operation),
  }),
  denied('§user.permission', ['CreateUser'], 'CO'),
  refusal({
    id: '§user.create.exists',
    says: 'CreateUser with a name that is taken is refused.',
    rules: ['CreateUser'],
    reads: READS,
    code: 'USER_EXISTS',
    when: operation => operation.input.as === 'CO' && (found(operation)?.users ?? 0) !== 0,
  }),
  sets(
    '§user.create',
    'CreateUser creates the user with the password given.',
    'CreateUser',
    'users',
    'CO',
    ({ users }) => users === 0,
  ),
  denied('§key.permission', ['GenerateKey', 'UseKey'], 'CU'),
  refusal({
    id: '§key.missing',
    says: 'UseKey is refused when there is no such key.',
    rules: ['UseKey'],
    reads: READS,
    code: 'KEY_MISSING',
    when: operation => operation.input.as === 'CU' && found(operation)?.keys === 0,
  }),
  sets(
    '§key.generate',
    'GenerateKey creates a key inside every ACTIVE HSM.',
    'GenerateKey',
    'keys',
    'CU',
    ({ keys }) => keys === 0,
  ),
  step({
    id: '§key.use',
    says: 'A key is used without changing anything, and is the same on every ACTIVE HSM that holds it.',
    rules: ['UseKey'],
    reads: ['hsm', 'outcome', 'unchanged'],
    when: operation => operation.input.as === 'CU' && (found(operation)?.keys ?? 0) !== 0,
    holds: ({ before, outcome, unchanged, input }) => {
      const keys = activeContents(before, input.cluster).map(contents => contents.keys)
      return outcome.kind === 'accepted' && unchanged && new Set(keys.filter(key => key !== 0)).size === 1
    },
  }),
  denied('§policy.permission', ['SetPolicy'], 'CO'),
  sets('§policy.set', 'SetPolicy sets the policy to the value given.', 'SetPolicy', 'policies', 'CO', () => true),
  denied('§quorum.permission', ['SetQuorum'], 'CO'),
  sets('§quorum.set', 'SetQuorum sets the quorum value to the value given.', 'SetQuorum', 'quorum', 'CO', () => true),
]
