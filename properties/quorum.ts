/** Approval by a quorum of officers: what takes it, the tokens that it is given by, and what becomes of them. */
import { APPROVED, everywhere, isApproved, isFor, isTooMany, takesApproval, tried, type Approved } from './approval.ts'
import type { Token } from './approval.ts'
import { READS, denied, found, isOfficer, type ByUser } from './asked.ts'
import { factsOf } from './facts.ts'
import type { Facts } from './folded.ts'
import { isReplaced } from './limited.ts'
import { EVERY, refusal, sometimes, step, type Property } from './property.ts'
import type { StateReads, StepReads } from './reads.ts'

type Approving = StepReads<'ApproveToken'>

/** What an officer finds who approves, or asks for a token; null for all others. */
const letIn = (operation: StepReads<'QuorumToken' | 'ApproveToken'>): Facts | null =>
  isOfficer(operation as unknown as ByUser) ? found(operation as unknown as ByUser) : null

const tokensOn = ({ hsm }: Pick<StateReads, 'hsm'>, slot: number): readonly Token[] => hsm[slot]?.context.tokens ?? []
const hasTokens = (state: Pick<StateReads, 'hsm'>): boolean =>
  state.hsm.some(({ context }) => context.tokens.length > 0)
const isSame = (a: Pick<Token, 'of' | 'service'>, b: Pick<Token, 'of' | 'service'>) =>
  a.of === b.of && a.service === b.service

const isNamed = (token: Token, { input }: Approving): boolean => isSame(token, input)
const hasApproved = (token: Token, operation: Approving): boolean =>
  isNamed(token, operation) && token.approvals.some(officer => officer === operation.input.as)
const hasIt = (cluster: Facts, operation: Approving) => everywhere(cluster, token => isNamed(token, operation))

/** The HSM is an ACTIVE one of the cluster that the operation names. */
const isAsked = ({ before }: Pick<StepReads, 'before'>, cluster: number, slot: number): boolean =>
  factsOf(before, cluster).active.includes(slot)

/** What the step is to do to a token of an HSM. */
const fateOf = (taken: StepReads, slot: number, token: Token): 'is used' | 'is changed' | 'stays' => {
  const { before, input, outcome } = taken
  if (outcome.kind !== 'accepted') return 'stays'
  if (isReplaced(taken, slot)) return 'is changed'
  if (input.rule === 'TenMinutes' || input.rule === 'Elapse') return 'is changed'
  if (!('as' in input) || !isAsked(taken, input.cluster, slot)) return 'stays'
  if (input.rule === 'QuorumToken' && isSame(token, { of: input.as as Token['of'], service: input.service }))
    return 'is changed'
  if (input.rule === 'ApproveToken' && isSame(token, input)) return 'is changed'
  if (!(APPROVED as readonly string[]).includes(input.rule)) return 'stays'
  const asked = { input } as Approved
  if (takesApproval(factsOf(before, input.cluster), asked) && isFor(token, asked)) return 'is used'
  return input.rule === 'DeleteUser' && concerns(token, input.user) ? 'is changed' : 'stays'
}

/** A user asked for the token, or has approved it. */
const concerns = ({ of, approvals }: Token, user: string): boolean => [of, ...approvals].some(name => name === user)

export const quorum: readonly Property[] = [
  refusal({
    id: '§quorum.required',
    says: 'What takes approval is refused where an ACTIVE HSM has no token of the officer who asks.',
    rules: APPROVED,
    reads: READS,
    code: 'QUORUM_REQUIRED',
    when: operation => {
      const cluster = tried(operation)
      return cluster !== null && !everywhere(cluster, ({ of }) => of === operation.input.as)
    },
  }),
  refusal({
    id: '§quorum.service',
    says: 'What takes approval is refused where the tokens of the officer who asks are for another service.',
    rules: APPROVED,
    reads: READS,
    code: 'QUORUM_REQUIRED',
    when: operation => {
      const cluster = tried(operation)
      const hasAny = cluster !== null && everywhere(cluster, ({ of }) => of === operation.input.as)
      return hasAny && !everywhere(cluster, token => isFor(token, operation))
    },
  }),
  refusal({
    id: '§quorum.few',
    says: 'What takes approval is refused while fewer officers than M have approved the token.',
    rules: APPROVED,
    reads: READS,
    code: 'QUORUM_REQUIRED',
    when: operation => {
      const cluster = tried(operation)
      return (
        cluster !== null && everywhere(cluster, token => isFor(token, operation)) && !isApproved(cluster, operation)
      )
    },
  }),
  refusal({
    id: '§quorum.value',
    says: 'A quorum value of which there are not so many officers, or which is not offered, is refused.',
    rules: ['SetQuorum'],
    reads: READS,
    code: 'QUORUM_VALUE',
    when: operation => {
      const cluster = isOfficer(operation as ByUser) ? found(operation as ByUser) : null
      return cluster !== null && isApproved(cluster, operation) && isTooMany(cluster, operation.input.quorum)
    },
  }),
  denied('§quorum.token.permission', ['QuorumToken', 'ApproveToken'], 'CO'),
  step({
    id: '§quorum.token',
    says: 'After QuorumToken every ACTIVE HSM has a token of the officer who asked, for the service, without approvals.',
    rules: ['QuorumToken'],
    reads: ['hsm', 'facts', 'outcome'],
    when: operation => letIn(operation) !== null,
    each: 'hsm',
    holds: (operation, slot) => {
      const { after, outcome, input } = operation
      const own = tokensOn(after, slot).filter(({ of, service }) => of === input.as && service === input.service)
      const isIssued = own.length === 1 && own[0]?.approvals.length === 0
      return outcome.kind === 'accepted' && (isIssued || !isAsked(operation, input.cluster, slot))
    },
  }),
  refusal({
    id: '§quorum.token.missing',
    says: 'The approval of a token that an ACTIVE HSM does not have is refused.',
    rules: ['ApproveToken'],
    reads: READS,
    code: 'TOKEN_MISSING',
    when: operation => {
      const cluster = letIn(operation)
      return cluster !== null && !hasIt(cluster, operation)
    },
  }),
  refusal({
    id: '§quorum.approve.once',
    says: 'A second approval of a token by the same officer is refused.',
    rules: ['ApproveToken'],
    reads: READS,
    code: 'ALREADY_APPROVED',
    when: operation => {
      const cluster = letIn(operation)
      return cluster !== null && everywhere(cluster, token => hasApproved(token, operation))
    },
  }),
  refusal({
    id: '§quorum.signature',
    says: 'An approval whose signature is wrong is refused.',
    rules: ['ApproveToken'],
    reads: READS,
    code: 'SIGNATURE',
    when: operation => isNew(letIn(operation), operation) && operation.input.signature === 'wrong',
  }),
  step({
    id: '§quorum.approve',
    says: 'An approval with a right signature counts as one more, of whatever officer, on every ACTIVE HSM.',
    rules: ['ApproveToken'],
    reads: ['hsm', 'facts', 'outcome'],
    when: operation => isNew(letIn(operation), operation) && operation.input.signature === 'right',
    each: 'hsm',
    holds: (operation, slot) => {
      if (!isAsked(operation, operation.input.cluster, slot)) return true
      const { before, after } = operation
      const [was, is] = [before, after].map(state => tokensOn(state, slot).find(token => isNamed(token, operation)))
      const isOneMore = is !== undefined && is.approvals.length === (was?.approvals.length ?? 0) + 1
      return operation.outcome.kind === 'accepted' && isOneMore && hasApproved(is, operation)
    },
  }),
  step({
    id: '§quorum.once',
    says: 'What takes approval and is accepted uses up its token on every ACTIVE HSM, and every other token stays as it is.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['hsm', 'facts', 'outcome'],
    when: ({ before }) => hasTokens(before),
    each: 'hsm',
    holds: (taken, slot) => {
      if (taken.after.hsm[slot]?.value !== 'ACTIVE') return true
      const left = tokensOn(taken.after, slot)
      return tokensOn(taken.before, slot).every(token => {
        const fate = fateOf(taken, slot, token)
        const is = left.find(other => isSame(other, token))
        return fate === 'is changed' || (is?.approvals.join() === token.approvals.join()) === (fate === 'stays')
      })
    },
  }),
  step({
    id: '§quorum.expire',
    says: 'When ten minutes are over, or more, no token is left, and that takes tokens.',
    rules: ['TenMinutes', 'Elapse'],
    reads: ['hsm', 'outcome'],
    when: ({ before, input }) => hasTokens(before) || input.rule === 'TenMinutes',
    holds: ({ before, after, outcome }) => (outcome.kind === 'accepted') === hasTokens(before) && !hasTokens(after),
  }),
  step({
    id: '§quorum.deleted',
    says: 'With a user that is deleted go the tokens that he asked for and the approvals that he gave.',
    rules: ['DeleteUser'],
    reads: ['hsm', 'facts', 'outcome'],
    when: ({ before, outcome, input }) =>
      outcome.kind === 'accepted' &&
      factsOf(before, input.cluster).tokens.some(tokens => tokens.some(token => concerns(token, input.user))),
    each: 'hsm',
    holds: (operation, slot) => {
      const { after, input } = operation
      const isConcerned = isAsked(operation, input.cluster, slot)
      return !isConcerned || !tokensOn(after, slot).some(token => concerns(token, input.user))
    },
  }),
  step({
    id: '§quorum.own',
    says: 'An HSM has tokens only while it is ACTIVE, and only such as it was asked for itself.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['hsm', 'outcome'],
    when: ({ before, after }) => hasTokens(before) || hasTokens(after),
    each: 'hsm',
    holds: ({ before, after, input }, slot) => {
      const was = tokensOn(before, slot)
      const isOwn = (token: Token) => input.rule === 'QuorumToken' || was.some(other => isSame(other, token))
      return after.hsm[slot]?.value === 'ACTIVE'
        ? tokensOn(after, slot).every(isOwn)
        : tokensOn(after, slot).length === 0
    },
  }),
  sometimes({
    id: '§quorum.own',
    says: 'An HSM of a cluster has a token, and another that joined later has none.',
    reads: ['facts'],
    reached: ({ facts }) => facts.some(({ tokens }) => new Set(tokens.map(one => one.length === 0)).size === 2),
  }),
  sometimes({
    id: '§loss.quorum',
    says: 'An HSM has fewer officers than its quorum value asks for.',
    reads: ['facts'],
    reached: ({ facts }) => facts.some(one => (one.quorum[0] ?? 0) >= 2 && isTooMany(one, one.quorum[0] ?? 0)),
  }),
]

/** Every HSM has the token, and the officer has approved it on none. */
const isNew = (cluster: Facts | null, operation: Approving): boolean =>
  cluster !== null && hasIt(cluster, operation) && !everywhere(cluster, token => hasApproved(token, operation))
