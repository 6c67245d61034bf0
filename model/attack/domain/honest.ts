/** What the customer, its HSMs and the service do when nobody attacks, and what of it leaves them. */
import type { Written } from '../clause.ts'

const UNKEPT = 'the model keeps nothing of what HSMs give each other'

export const honest: readonly Written[] = [
  {
    id: 'modes',
    says: 'there is a cluster in each mode, and a key of the manufacturer for firmware of each',
    when: [],
    then: [
      'modeOf(fips, FIPS)',
      'modeOf(nonfips, NON_FIPS)',
      'class(production, FIPS)',
      'class(other, NON_FIPS)',
      'role(CO)',
      'role(CU)',
    ],
  },
  {
    id: 'firmware.official',
    says: "everybody may have the manufacturer's firmware of both kinds, signed",
    when: ['class(F, M)'],
    then: ['know(sign(code(official), fw(F)))'],
  },
  {
    id: 'attacker.key',
    says: 'the attacker has a key of its own',
    when: [],
    then: ['know(mine)'],
  },
  {
    id: 'customer.initialise',
    says: 'the customer creates a cluster and initialises it: its first HSM holds the key that the customer certifies',
    when: ['modeOf(C, M)'],
    then: [
      'founded(C)',
      'has(hsm(C), genuine, akbk)',
      'runs(hsm(C), official, M)',
      'know(certified(certkey(C)))',
      'pinned(C, certkey(C))',
    ],
    isMove: true,
  },
  {
    id: 'customer.activate',
    says: 'the customer activates the cluster, creates a crypto user and keys',
    when: ['founded(C)', 'modeOf(C, M)'],
    then: ['was(hsm(C), M, snap(C, before))'],
    isMove: true,
  },
  {
    id: 'customer.change',
    says: 'the customer changes the passwords of officer and crypto user',
    when: ['was(hsm(C), M, snap(C, before))'],
    then: ['holds(hsm(C), M, snap(C, now))', 'changed(C)'],
    isMove: true,
  },
  {
    id: 'hsm.backup.before',
    says: 'an HSM was backed up before the passwords were changed',
    when: ['was(V, M, O)', 'has(V, N, A)', 'runs(V, official, M)'],
    then: ['archived(sealed(N, A, M, bek(V, M, O), O))'],
    isMove: true,
  },
  {
    id: 'hsm.backup',
    says: 'an HSM is backed up',
    when: ['holds(V, M, O)', 'has(V, N, A)', 'runs(V, official, M)'],
    then: ['archived(sealed(N, A, M, bek(V, M, O), O))'],
    isMove: true,
  },
  {
    id: 'hsm.synchronise.before',
    says: 'an HSM gave its contents to another of its cluster, masked, before the passwords were changed',
    needs: ['carry'],
    when: ['was(V, M, O)', 'has(V, N, A)', 'runs(V, official, M)'],
    then: ['know(sealed(N, A, M, masking(V, M, O), O))'],
    isMove: true,
    unmodelled: UNKEPT,
  },
  {
    id: 'hsm.synchronise',
    says: 'an HSM gives its contents to another of its cluster, masked',
    needs: ['carry'],
    when: ['holds(V, M, O)', 'has(V, N, A)', 'runs(V, official, M)'],
    then: ['know(sealed(N, A, M, masking(V, M, O), O))'],
    isMove: true,
    unmodelled: UNKEPT,
  },
  {
    id: 'hsm.greet',
    says: 'an HSM signs the ephemeral of its channels, and its mode, with the key of the cluster certificate',
    when: ['holds(V, M, snap(C, E))', 'runs(V, official, M)'],
    then: ['know(greeting(V, M, certkey(C)))'],
  },
  {
    id: 'client.connect',
    says: 'the client takes an HSM for one of its cluster that shows the certificate and the mode that it expects, and logs in',
    needs: ['client'],
    when: ['modeOf(C, M)', 'know(certified(certkey(C)))', 'know(greeting(V, M, certkey(C)))'],
    then: ['connected(C, V)'],
    isMove: true,
  },
  {
    id: 'client.send',
    says: 'the client sends a command in a record that it and that HSM can open',
    when: ['connected(C, V)', 'holds(V, M, snap(C, E))'],
    then: ['sent(senc(command(C), session(V, M, snap(C, E), C), nothing))'],
  },
]
