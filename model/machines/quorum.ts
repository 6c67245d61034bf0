/** Approval by a quorum of officers: the tokens of an HSM, and what takes one; the HSM's own machine is made of it. */
import { and, assertEvent, not, or, setup } from 'xstate'
import type { Emitted } from './backup.ts'
import type { HsmContext, HsmEvent } from './hsm.ts'
import { PASSWORD } from './users.ts'
import { OFFICERS, refusal, type As, type Officer, type Service } from './words.ts'

export type QuorumEvent =
  | { readonly type: 'QuorumToken'; readonly as: As; readonly service: Service }
  | {
      readonly type: 'ApproveToken'
      readonly as: As
      readonly of: Officer
      readonly service: Service
      readonly signature: 'right' | 'wrong'
      /** Every ACTIVE HSM of the cluster has the token. */
      readonly issued: boolean
    }
  | { readonly type: 'TenMinutes' }

/** What of the tokens that whoever asks has on all ACTIVE HSMs of the cluster. */
export interface Everywhere {
  /** He has some token on each of them. */
  readonly hasToken: boolean
  /** How often the one for the service of the operation is approved, on each of them at least; null where one does not have it. */
  readonly approvals: number | null
}

/** A token that an HSM has issued: who asked for it, for what, and who has approved it, in the order of `OFFICERS`. */
export interface Token {
  readonly of: Officer
  readonly service: Service
  readonly approvals: readonly Officer[]
}

export const NO_TOKENS: readonly Token[] = []

/** An operation that takes approval is one of this service. */
export const SERVICE = { CreateUser: 'user', ChangePassword: 'user', DeleteUser: 'user', SetQuorum: 'quorum' } as const
const APPROVED = ['CreateUser', 'ChangePassword', 'DeleteUser', 'SetQuorum'] as const

const LEAST = 2
const MOST = 8

interface Asked {
  readonly context: HsmContext
  readonly event: HsmEvent
}

export const isFor = (token: Token, of: As, service: Service) => token.of === of && token.service === service
const placeOf = ({ of, service }: Token): string => `${OFFICERS.indexOf(of)} ${service}`
const inOrder = (tokens: readonly Token[]) => tokens.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))

/** What is done by an officer while approval is asked for. */
const takesApproval = ({ context: { contents }, event }: Asked): boolean => {
  assertEvent(event, APPROVED)
  return contents.quorum >= LEAST && event.as !== 'CU'
}
const officersOf = ({ contents }: HsmContext): number =>
  OFFICERS.filter(officer => contents[PASSWORD[officer]] !== 0).length

export const quorumGuards = {
  takesApproval,
  hasToken: ({ event }: Asked) => {
    assertEvent(event, APPROVED)
    return event.hasToken
  },
  hasTokenForService: ({ event }: Asked) => {
    assertEvent(event, APPROVED)
    return event.approvals !== null
  },
  hasApprovals: ({ context, event }: Asked) => {
    assertEvent(event, APPROVED)
    return event.approvals !== null && event.approvals >= context.contents.quorum
  },
  isApproved: or([not('takesApproval'), 'hasApprovals']),
  isValue: ({ context, event }: Asked) => {
    assertEvent(event, 'SetQuorum')
    return event.quorum > 0 && event.quorum <= Math.min(MOST, officersOf(context))
  },
  isIssued: ({ event }: Asked) => {
    assertEvent(event, 'ApproveToken')
    return event.issued
  },
  hasApproved: ({ context, event }: Asked) => {
    assertEvent(event, 'ApproveToken')
    const token = context.tokens.find(one => isFor(one, event.of, event.service))
    return token?.approvals.some(officer => officer === event.as) === true
  },
  isSigned: ({ event }: Asked) => {
    assertEvent(event, 'ApproveToken')
    return event.signature === 'right'
  },
  hasTokens: ({ context }: Asked) => context.tokens.length > 0,
}

const { assign } = setup({ types: { context: {} as HsmContext, events: {} as HsmEvent, emitted: {} as Emitted } })

export const quorumActions = {
  issueToken: assign(({ context, event }) => {
    assertEvent(event, 'QuorumToken')
    const { as, service } = event
    const others = context.tokens.filter(token => !isFor(token, as, service))
    return { tokens: inOrder([...others, { of: as as Officer, service, approvals: [] }]) }
  }),
  approveToken: assign(({ context, event }) => {
    assertEvent(event, 'ApproveToken')
    const { as, of, service } = event
    const approvedBy = (approvals: Token['approvals']) => OFFICERS.filter(one => one === as || approvals.includes(one))
    const tokens = context.tokens.map(token =>
      isFor(token, of, service) ? { ...token, approvals: approvedBy(token.approvals) } : token,
    )
    return { tokens }
  }),
  useToken: assign(({ context, event }) => {
    assertEvent(event, APPROVED)
    if (!takesApproval({ context, event })) return {}
    return { tokens: context.tokens.filter(token => !isFor(token, event.as, SERVICE[event.type])) }
  }),
  dropTokensOfUser: assign(({ context, event }) => {
    assertEvent(event, 'DeleteUser')
    const left = context.tokens.filter(({ of }) => of !== event.user)
    const without = (approvals: Token['approvals']) => approvals.filter(one => one !== event.user)
    return { tokens: left.map(token => ({ ...token, approvals: without(token.approvals) })) }
  }),
  dropTokens: assign({ tokens: NO_TOKENS }),
}

const lacking = (clause: string, why: string) => refusal('QUORUM_REQUIRED', clause, `refused: ${why}`)

/** The refusals of what takes approval and has none. */
export const unapproved = [
  {
    guard: and(['takesApproval', not('hasToken')]),
    ...lacking('§quorum.required', 'the officer has no token here'),
  },
  {
    guard: and(['takesApproval', not('hasTokenForService')]),
    ...lacking('§quorum.service', 'what tokens the officer has are for another service'),
  },
  {
    guard: and(['takesApproval', not('hasApprovals')]),
    ...lacking('§quorum.few', 'too few officers have approved the token'),
  },
] as const
