/** HSMs that break a clause about approval by a quorum of officers. */
import { defaultParts } from '../../impl/index.ts'
import { inHsm, type Fault } from './fault.ts'

const { isPermitted, newToken } = defaultParts

export const quorumFaults: readonly Fault[] = [
  inHsm('§quorum.required', 'lets an officer go on who has no token', { lacksToken: () => false }),
  inHsm('§quorum.service', 'takes the token for one service for any other', { lacksService: () => false }),
  inHsm('§quorum.few', 'is content with one approval, however many are asked for', {
    lacksApprovals: ({ approvals }) => approvals.length === 0,
  }),
  inHsm('§quorum.value', 'asks for more approvals than there are officers', {
    isQuorumValue: value => value > 0 && value <= 8,
  }),
  inHsm('§quorum.token.permission', 'issues tokens for crypto users', {
    isPermitted: (role, operation) => isPermitted(role, operation) || (operation === 'QuorumToken' && role === 'CU'),
  }),
  inHsm('§quorum.token', 'takes the approvals of an older token over', {
    addToken: (tokens, token) => {
      const isOlder = ({ of, service }: typeof token) => of === token.of && service === token.service
      const approvals = tokens.find(isOlder)?.approvals ?? []
      return [...tokens.filter(other => !isOlder(other)), { ...token, approvals }]
    },
  }),
  inHsm('§quorum.token.missing', 'thanks for the approval of a token that it does not have', {
    findToken: (tokens, bytes) =>
      defaultParts.findToken(tokens, bytes) ?? { ...newToken(() => bytes, '', 'user', 0), bytes },
  }),
  inHsm('§quorum.approve.once', 'counts the approvals of one officer twice', { hasApproved: () => false }),
  inHsm('§quorum.signature', 'accepts whatever signature', { isSigned: () => true }),
  inHsm('§quorum.approve', 'accepts an approval and does not count it', { addApproval: tokens => tokens }),
  inHsm('§quorum.once', 'accepts a token again that was used', { useToken: tokens => tokens }),
  inHsm('§quorum.expire', 'accepts a token however old it is', { currentTokens: tokens => tokens }),
  inHsm('§quorum.deleted', 'counts the approvals of an officer who is no more', { tokensOfUsers: tokens => tokens }),
  inHsm('§quorum.own', 'has a token that all officers have approved once it was given the contents of another HSM', {
    tokensAfterRestore: (own, contents) => {
      const officers = contents.users.filter(({ role }) => role === 'CO').map(({ name }) => name)
      const approved = { ...newToken(length => new Uint8Array(length), 'CO', 'user', 0), approvals: officers }
      return own.length > 0 ? defaultParts.tokensAfterRestore(own, contents) : [approved]
    },
  }),
]
