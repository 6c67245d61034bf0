/** What may be asked of a quorum within bounds: values of M, tokens, and who approves them. */
import type { As, Officer, Service } from './machines/words.ts'

export interface Approving {
  /** Quorum values that may be set; 1 alone, which asks for no approval, where nothing is said. */
  readonly quorums?: readonly number[]
  /** The tokens that may be asked for, each by whom and for what: one of the first officer's, where nothing is said. */
  readonly tokens?: readonly (readonly [of: Officer, service: Service])[]
}

const TOKENS = [['CO', 'user']] as const
const RIGHT = ['right'] as const
const BOTH = ['right', 'wrong'] as const

type Ask = { readonly cluster: number; readonly as: As }

export const quorumsOf = ({ quorums = [1] }: Approving): readonly number[] => quorums

/** Each token is asked for by its officer, and by whoever is none. */
export const tokenRequests = ({ tokens = TOKENS }: Approving, asked: readonly Ask[]) =>
  tokens.flatMap(([of, service]) =>
    asked.filter(({ as }) => as === of || as === 'CU').map(ask => ({ rule: 'QuorumToken' as const, ...ask, service })),
  )

/** Everybody may try to approve each of them; with a wrong signature its own officer does. */
export const approvals = ({ tokens = TOKENS }: Approving, asked: readonly Ask[]) =>
  tokens.flatMap(([of, service]) =>
    asked.flatMap(ask =>
      (ask.as === of ? BOTH : RIGHT).map(signature => ({
        rule: 'ApproveToken' as const,
        ...ask,
        of,
        service,
        signature,
      })),
    ),
  )
