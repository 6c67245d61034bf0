/** What an ACTIVE HSM does about a quorum, each operation with its refusals in order. */
import { and, not } from 'xstate'
import { unapproved } from './quorum.ts'
import { denied, locked, missing, uncertified } from './turned-away.ts'
import { refusal } from './words.ts'

export const byQuorum = {
  SetQuorum: [
    {
      guard: and(['isCertified', 'exists', not('isLocked'), 'isOfficer', 'isApproved', 'isValue']),
      actions: ['useToken', 'setQuorum', 'exchangeRecord'],
      description: 'the officer sets the quorum value',
      meta: { clause: '§quorum.set', also: ['§cluster.write', '§quorum.once', '§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    { guard: not('isOfficer'), ...denied('§quorum.permission', 'CO') },
    ...unapproved,
    refusal('QUORUM_VALUE', '§quorum.value', 'refused: no such number of officers can approve'),
  ],
  QuorumToken: [
    {
      guard: and(['isCertified', 'exists', not('isLocked'), 'isOfficer']),
      actions: ['issueToken', 'exchangeRecord'],
      description: 'issues a token of its own, in the place of an older one',
      meta: { clause: '§quorum.token', also: ['§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    denied('§quorum.token.permission', 'CO'),
  ],
  ApproveToken: [
    {
      guard: and(['isCertified', 'exists', not('isLocked'), 'isOfficer', 'isIssued', not('hasApproved'), 'isSigned']),
      actions: ['approveToken', 'exchangeRecord'],
      description: 'the officer approves a token, his own or another',
      meta: { clause: '§quorum.approve', also: ['§channel.sealed'] },
    },
    uncertified,
    missing,
    locked,
    { guard: not('isOfficer'), ...denied('§quorum.token.permission', 'CO') },
    { guard: not('isIssued'), ...refusal('TOKEN_MISSING', '§quorum.token.missing', 'refused: it has no such token') },
    { guard: 'hasApproved', ...refusal('ALREADY_APPROVED', '§quorum.approve.once', 'refused: he has approved it') },
    refusal('SIGNATURE', '§quorum.signature', 'refused: the signature is not his'),
  ],
} as const
