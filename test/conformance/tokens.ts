/** Tokens: what the customer signs, what is learned of a target's, and how what is seen of them is judged. */
import type { State } from '../../model/index.ts'
import { blameJob, type Due } from './blame.ts'
import type { Expectation } from './expect.ts'
import type { Memory } from './memory.ts'
import type { Approval, Observation, ObservedToken, Result } from './port.ts'
import type { Signer } from './signing.ts'
import type { Divergence } from './situation.ts'

/** Tokens in hex, by the id of the HSM that issued them. */
export type Tokens = Readonly<Record<string, string>>

/** The name of what an officer asked for, wherever it was issued. */
export const tokenName = (cluster: string, of: string, service: string): string => `${cluster} ${of} ${service}`

/** What an officer hands in who signs all of these, if there are any. */
export const approvalsBy = (signer: Signer, tokens: Tokens = {}): Readonly<Record<string, Approval>> =>
  Object.fromEntries(Object.entries(tokens).map(([hsm, token]) => [hsm, { token, signature: signer.sign(token) }]))

/** Notes the tokens that were issued: one by each HSM that was asked, and none that there was before. */
export const compareTokensIssued = (memory: Memory, due: Due, { tokens = {} }: Result): Divergence | null => {
  const { event, taken, before } = due
  if (event.rule !== 'QuorumToken') return null
  const asked = taken.fired.flatMap(({ machine, slot }) => (machine === 'hsm' ? [before.hsm[slot] ?? ''] : []))
  const from = Object.keys(tokens).map(id => memory.names.get(id) ?? id)
  const old = Object.values(tokens).find(token => memory.issued.has(token))
  for (const token of Object.values(tokens)) memory.issued.add(token)
  memory.tokens.set(tokenName(event.cluster, event.as, event.service), tokens)
  const say = (names: readonly string[]) => `a new token of ${names.toSorted().join(' and ') || 'nobody'}`
  const [expected, actual] = [say(asked), old === undefined ? say(from) : 'a token that was issued before']
  return expected === actual ? null : { clause: '§quorum.token', what: 'what is issued', expected, actual }
}

const sayToken = ({ of, service, approvals }: ObservedToken): string =>
  `${service} token of ${of} approved by ${approvals.toSorted().join(' and ') || 'nobody'}`

/** Compares the tokens that each ACTIVE HSM has. */
export const compareTokens = (
  memory: Memory,
  due: Due,
  { tokens }: Expectation,
  observed: Observation,
): Divergence | null => {
  for (const [name, held] of tokens) {
    const seen = observed.contents[memory.ids.get(name) ?? '']?.tokens ?? held
    const [expected, actual] = [held.map(sayToken), seen.map(sayToken)]
    const wrong = [...expected, ...actual].find(token => expected.includes(token) !== actual.includes(token))
    if (wrong === undefined) continue
    const say = (all: readonly string[]) => all.toSorted().join(', ') || 'none'
    return { clause: blameTokens(due), what: `tokens of ${name}`, expected: say(expected), actual: say(actual) }
  }
  return null
}

/** The clause of tokens that are not as they should be. */
const blameTokens = ({ event, from, taken, before }: Due): string => {
  if (taken.outcome.kind === 'refused') return '§port.frame'
  const ofJob = blameJob(taken)
  if (ofJob !== null) return ofJob
  const { rule } = event
  if (rule === 'TenMinutes' || rule === 'Elapse') return '§quorum.expire'
  if (rule === 'QuorumToken') return '§quorum.token'
  if (rule === 'ApproveToken') return '§quorum.approve'
  if (rule === 'DeleteUser' && concerns(from, before.cluster.indexOf(event.cluster), event.user))
    return '§quorum.deleted'
  const isWrite = taken.fired.some(({ also }) => also.includes('§quorum.once'))
  return isWrite ? '§quorum.once' : '§quorum.own'
}

/** A user has asked an HSM of the cluster for a token, or approved one. */
const concerns = ({ hsm }: State, cluster: number, user: string): boolean =>
  hsm.some(
    ({ context }) =>
      context.cluster === cluster &&
      context.tokens.some(({ of, approvals }) => [of, ...approvals].some(name => name === user)),
  )
