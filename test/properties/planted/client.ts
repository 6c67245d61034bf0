/** Planted faults of the client, of users and of keys, and those that break an invariant. */
import { EMPTY, acceptInstead, overrideAction, editRule } from '../../../model/index.ts'
import { redirect, idle, always, never, oldestInstead, type Planted, type PlantedIn } from './fault.ts'

/** Each HSM of a cluster generates a key of its own. */
export const unlikeKeys = editRule('GenerateKey', 'generates another key on each HSM', rule => ({
  ...rule,
  participants: (input, read) =>
    rule.participants(input, read).map(participant =>
      participant.kind === 'hsm' && input.rule === 'GenerateKey' && typeof participant.slot === 'number'
        ? ({
            ...participant,
            event: { ...participant.event, value: input.value + participant.slot },
          } as typeof participant)
        : participant,
    ),
}))

export const users: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §channel.sealed': ['contents', idle('hsm', 'exchangeRecord')],
  'step §client.available': ['contents', acceptInstead('cluster', '§client.available')],
  'step §client.certificate': ['contents', always('hsm', 'isCertified')],
  'step §user.activate.once': ['contents', never('hsm', 'isActivated')],
  'step §user.activate': ['contents', idle('hsm', 'activate')],
  'step §user.login.missing': ['contents', always('hsm', 'exists')],
  'step §user.permission': ['contents', acceptInstead('hsm', '§user.permission')],
  'step §user.create.exists': ['contents', acceptInstead('hsm', '§user.create.exists')],
  'step §user.create': ['contents', idle('hsm', 'setPassword')],
  'step §key.permission': ['contents', always('hsm', 'isCryptoUser')],
  'step §key.missing': ['contents', acceptInstead('hsm', '§key.missing')],
  'step §key.generate': ['contents', idle('hsm', 'setKeys')],
  'step §key.use': ['contents', unlikeKeys],
  'step §policy.permission': ['contents', acceptInstead('hsm', '§policy.permission')],
  'step §policy.set': ['newest', idle('hsm', 'setPolicies')],
  'step §quorum.permission': ['contents', acceptInstead('hsm', '§quorum.permission')],
  'step §quorum.set': ['contents', idle('hsm', 'setQuorum')],
  'step §port.frame': ['users', redirect('hsm', '§key.use', 'fails after its key was used', { target: 'DEGRADED' })],
}

/** The invariants, each broken by the loss of a defence of its own. */
export const invariants: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'always §invariant.plaintext': [
    'hardware',
    overrideAction('backup', 'wrapUnderPbk', () => ({ wrappedUnder: ['AKBK'] })),
  ],
  'step §invariant.plaintext': ['newest', overrideAction('backup', 'wrapUnderPbk', () => ({ wrappedUnder: [] }))],
  'step §invariant.mode': ['hardware', idle('hardware', 'zeroise')],
  'step §invariant.exact': ['newest', overrideAction('hsm', 'restore', () => ({ contents: EMPTY, copied: false }))],
  'step §invariant.lossless': ['newest', oldestInstead],
  'step §invariant.hardware': ['hardware', always('hardware', 'isCommissioned')],
}
