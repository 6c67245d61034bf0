/** What anybody can compute who has what it takes: opening, and taking apart. Building is done on demand. */
import type { Written } from '../clause.ts'

export const deductions: readonly Written[] = [
  {
    id: 'open.senc',
    isOpening: true,
    says: 'opens what is encrypted under a key that it has',
    when: ['know(senc(X, K, X1))', 'know(K)'],
    then: ['know(X)'],
  },
  {
    id: 'open.wrap',
    isOpening: true,
    says: 'unwraps a key with the wrapping key',
    when: ['know(wrap(B, K))', 'know(K)'],
    then: ['know(B)'],
  },
  {
    id: 'open.backup',
    isOpening: true,
    says: 'takes a backup apart',
    when: ['know(backup(X, X1, X2))'],
    then: ['know(X1)', 'know(X2)'],
  },
  {
    id: 'open.contents',
    isOpening: true,
    says: 'reads keys and verifiers in contents',
    when: ['know(contents(snap(C, E)))'],
    then: [
      'know(key(C))',
      'know(imported(C))',
      'know(certkey(C))',
      'know(verifier(pw(CO, C, E)))',
      'know(verifier(pw(CU, C, E)))',
    ],
  },
  {
    id: 'open.command',
    isOpening: true,
    says: 'reads passwords and keys to be imported in a command',
    when: ['know(command(C))'],
    then: ['know(pw(CO, C, now))', 'know(pw(CU, C, now))', 'know(imported(C))'],
  },
  {
    id: 'join.shares',
    says: 'puts AKBK together from both shares',
    when: ['know(share(first))', 'know(share(second))'],
    then: ['know(akbk)'],
  },
  {
    id: 'split.akbk',
    says: 'tells the second share from AKBK and the first',
    when: ['know(akbk)', 'know(share(first))'],
    then: ['know(share(second))'],
  },
  {
    id: 'derive.wrapping',
    says: 'derives a wrapping key of genuine, commissioned hardware',
    when: ['class(F, M)', 'know(wrapping(genuine, akbk, M))'],
    then: ['derives(M)'],
  },
  {
    id: 'backup.key',
    says: 'has a wrapped BEK for a backup: its own, another, or one that it wraps',
    when: ['maker(N)', 'loaded(A)', 'class(F, M)', 'know(wrap(B, wrapping(N, A, M)))'],
    then: ['keyed(N, A, M, B)'],
  },
  {
    id: 'backup.body',
    says: 'has encrypted contents for a backup, under its label: its own, another, or what it encrypts',
    when: ['know(senc(contents(O), B, header(M)))'],
    then: ['filled(M, B, O)'],
  },
  {
    id: 'guess.offline',
    says: 'tries passwords against a verifier',
    needs: ['weak'],
    when: ['know(verifier(P))'],
    then: ['know(P)'],
  },
  {
    id: 'forge.contents',
    says: "puts contents together that have the key of the cluster's certificate and users of its own",
    when: ['know(certkey(C))'],
    then: ['know(contents(forged(C)))'],
  },
]
