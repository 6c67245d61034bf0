/** Users and keys, policies and quorum: who may do what, and what it does. */
import { isApproved, isTooMany, type Approved } from './approval.ts'
import { BY_USER, READS, denied, found, isOfficer, isTaken, known } from './asked.ts'
import { served, type Operation } from './client.ts'
import { codeOf, factsOf, sameContents } from './facts.ts'
import type { Facts } from './folded.ts'
import { refusal, sometimesStep, step, type Property, type StepProperty } from './property.ts'
import { holdersIn, isTooFew, reachedBy } from './reached.ts'
import { writtenBy, type Writing } from './writes.ts'

type Write = Exclude<Writing['input']['rule'], 'Activate'>

/** Whether an HSM that is reached has the key. */
const hasKey = (cluster: Facts | null): boolean => cluster !== null && holdersIn(cluster) > 0

/** The contents of this HSM, if it is an ACTIVE one of the cluster, are as they were but for what is written. */
const isWritten = ({ before, after, input }: Writing, slot: number): boolean => {
  if (!reachedBy({ before, input }).active.includes(slot)) return true
  const [was, became] = [before.hsm[slot], after.hsm[slot]]
  return (
    was !== undefined && sameContents(became?.context.contents, { ...was.context.contents, ...writtenBy({ input }) })
  )
}

/** PRECO is no more; null where the client gets to no HSM. */
const hasOfficer = (operation: Operation): boolean | null => {
  const [officer] = served(operation)?.configuration ?? []
  return officer === undefined ? null : officer !== 0
}

/** What one who is let in writes. */
export const sets = <Name extends Write>(
  id: string,
  says: string,
  rule: Name,
  isFree: (cluster: Facts, operation: Writing & { readonly input: { readonly rule: Write } }) => boolean,
): StepProperty =>
  step<Write>({
    id,
    says,
    rules: [rule],
    reads: ['hsm', 'facts', 'outcome'],
    when: operation => {
      const cluster = found(operation)
      return cluster !== null && isFree(cluster, operation)
    },
    each: 'hsm',
    holds: (operation, slot) => operation.outcome.kind === 'accepted' && isWritten(operation, slot),
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
    holds: (operation, slot) => operation.outcome.kind === 'accepted' && isWritten(operation, slot),
  }),
  refusal({
    id: '§user.login.missing',
    says: 'An operation by a user who does not exist is refused.',
    rules: BY_USER,
    reads: READS,
    code: 'USER_MISSING',
    when: operation => served(operation) !== null && known(operation) === null,
  }),
  denied('§user.permission', ['CreateUser', 'DeleteUser'], 'CO'),
  refusal({
    id: '§user.create.exists',
    says: 'CreateUser with a name that is taken is refused.',
    rules: ['CreateUser'],
    reads: READS,
    code: 'USER_EXISTS',
    when: operation => {
      const cluster = found(operation)
      return isOfficer(operation) && isApproved(cluster, operation) && isTaken(cluster, operation.input.user)
    },
  }),
  sets(
    '§user.create',
    'CreateUser creates the user with the password given.',
    'CreateUser',
    (cluster, operation) =>
      isOfficer(operation) &&
      isApproved(cluster, operation as unknown as Approved) &&
      'user' in operation.input &&
      !isTaken(cluster, operation.input.user),
  ),
  denied('§key.permission', ['GenerateKey', 'UseKey', 'DeleteKey'], 'CU'),
  sometimesStep({
    id: '§key.permission',
    says: 'An officer is refused a key, although there is one.',
    rules: ['GenerateKey'],
    reads: ['facts', 'outcome'],
    reached: ({ before, input, outcome }) =>
      input.as === 'CO' && codeOf({ outcome }) === 'NOT_PERMITTED' && hasKey(factsOf(before, input.cluster)),
  }),
  refusal({
    id: '§key.missing',
    says: 'UseKey and DeleteKey are refused when there is no such key.',
    rules: ['UseKey', 'DeleteKey'],
    reads: READS,
    code: 'KEY_MISSING',
    when: operation => !isOfficer(operation) && found(operation) !== null && !hasKey(found(operation)),
  }),
  sets(
    '§key.generate',
    'GenerateKey creates a key inside every ACTIVE HSM.',
    'GenerateKey',
    (cluster, operation) => !isOfficer(operation) && !isTooFew(operation.input, cluster.active.length),
  ),
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
    when: operation => {
      const cluster = isOfficer(operation) ? null : found(operation)
      return cluster !== null && hasKey(cluster) && !isTooFew(operation.input, holdersIn(cluster))
    },
    holds: ({ before, outcome, unchanged, input }) => {
      const { keys } = factsOf(before, input.cluster)
      return outcome.kind === 'accepted' && unchanged && new Set(keys.filter(key => key !== 0)).size === 1
    },
  }),
  sets(
    '§key.delete',
    'DeleteKey deletes the key on every ACTIVE HSM.',
    'DeleteKey',
    (cluster, operation) => !isOfficer(operation) && hasKey(cluster),
  ),
  denied('§policy.permission', ['SetPolicy'], 'CO'),
  sets('§policy.set', 'SetPolicy sets the policy to the value given.', 'SetPolicy', (_, operation) =>
    isOfficer(operation),
  ),
  denied('§quorum.permission', ['SetQuorum'], 'CO'),
  sets(
    '§quorum.set',
    'SetQuorum sets the quorum value to the value given.',
    'SetQuorum',
    (cluster, operation) =>
      isOfficer(operation) &&
      isApproved(cluster, operation as unknown as Approved) &&
      'quorum' in operation.input &&
      !isTooMany(cluster, operation.input.quorum),
  ),
]
