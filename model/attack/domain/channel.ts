/** What can be done to the channel, to the client's checks, and to the attestation before a cluster is certified. */
import type { Written } from '../clause.ts'

const LURED = 'the model has no client that talks to anything but HSMs'
const BENCH = 'the model updates the firmware of no HSM but the one on the bench'
const UNATTESTED = 'the model has no attestation'

export const channel: readonly Written[] = [
  {
    id: 'client.lured',
    says: "sends the client an ephemeral of the attacker's, with the cluster's certificate, and reads its command",
    needs: ['client', 'carry'],
    when: ['modeOf(C, M)', 'pinned(C, J)', 'know(certified(J))', 'know(greeting(lure, M, J))'],
    then: ['know(command(C))'],
    unmodelled: LURED,
  },
  {
    id: 'client.astray',
    says: "does so with the key of another certificate of the customer's authority",
    needs: ['client', 'carry', 'unpinned'],
    when: ['modeOf(C, M)', 'know(certified(J))', 'know(greeting(lure, M, J))'],
    then: ['know(command(C))'],
    unmodelled: LURED,
  },
  {
    id: 'client.careless',
    says: 'reads the command of a client that checks no certificate',
    needs: ['client', 'carry', 'unchecked'],
    when: ['founded(C)'],
    then: ['know(command(C))'],
    unmodelled: LURED,
  },
  {
    id: 'rom.attest',
    says: 'its firmware has the boot ROM attest a key of the attacker, and the mode',
    when: ['runs(unit(N, A), evil, M)', 'know(pub(J))'],
    then: ['know(sign(attested(J, M), device(N, A)))'],
    unmodelled: UNATTESTED,
  },
  {
    id: 'customer.certify',
    says: 'the customer certifies a key that commissioned hardware of the manufacturer attests, in the mode that it expects',
    needs: ['carry'],
    when: ['modeOf(C, M)', 'know(pub(J))', 'know(sign(attested(J, M), device(genuine, akbk)))'],
    then: ['know(certified(J))', 'pinned(C, J)'],
    unmodelled: UNATTESTED,
  },
  {
    id: 'customer.trust',
    says: 'the customer certifies a key that nothing attests',
    needs: ['carry', 'unattested'],
    when: ['modeOf(C, M)', 'know(pub(J))'],
    then: ['know(certified(J))', 'pinned(C, J)'],
    unmodelled: UNATTESTED,
  },
  {
    id: 'customer.help',
    says: 'the customer certifies a key because it is asked to',
    needs: ['help'],
    when: ['modeOf(C, M)', 'know(pub(J))'],
    then: ['know(certified(J))', 'pinned(C, J)'],
    unmodelled: UNATTESTED,
  },
  {
    id: 'fleet.update',
    says: 'updates the firmware of an HSM of the fleet to other firmware of the same class, which keeps the contents',
    needs: ['fleet'],
    when: ['runs(V, official, M)', 'class(F, M)', 'know(sign(code(Y), fw(F)))'],
    then: ['runs(V, Y, M)'],
    unmodelled: BENCH,
  },
  {
    id: 'evil.session',
    says: 'its firmware gives away the key of a session with the client',
    when: ['runs(V, evil, M)', 'connected(C, V)', 'holds(V, M, O)'],
    then: ['know(session(V, M, O, C))'],
  },
]
