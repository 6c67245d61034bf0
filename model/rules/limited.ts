/** Limited-write mode: what a cluster whose HSMs are being replaced takes no more of. */
import type { HsmEvent } from '../machines/hsm.ts'
import type { AccountParticipant } from '../things.ts'

const LIMITED: readonly HsmEvent['type'][] = [
  'CreateUser',
  'ChangePassword',
  'DeleteUser',
  'GenerateKey',
  'DeleteKey',
  'SetPolicy',
  'SetQuorum',
  'QuorumToken',
  'ApproveToken',
]

/** The cluster is asked whether it takes writes, before any HSM is that has not locked the account. */
export const limits = (cluster: number, { type }: HsmEvent): readonly AccountParticipant[] =>
  LIMITED.includes(type) ? [{ kind: 'cluster', slot: cluster, optional: true, event: { type: 'Write' } }] : []
