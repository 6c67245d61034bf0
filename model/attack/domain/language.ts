/** The language of the domain: what its names and functions mean, and what each letter stands for. */
import type { Language } from '../clause.ts'

/**
 * Functions, by what they mean:
 * - `snap(C, E)`, `taken(C)`, `forged(C)`: contents by where they come from: the customer's before or after passwords were changed, those of
 *   a cluster that somebody else activated, those that an attacker put together; `contents` of one of them is what a backup carries.
 * - `bek(V, M, O)`, `mask(V, M, O)`, `chan(V, M, O)`: keys of one unit, in one mode, with contents of one origin: for a backup, for a peer,
 *   for a session. `certkey(C)`: the private key of a cluster's certificate. `mine`: a key of the attacker's.
 * - `mkbk(N)`, `akbk`, `share(first)`: root keys; N says whose hardware it is. `wrapping(N, A, M)` is PBK.
 * - `unit(N, A)`: hardware in the attacker's hands, commissioned if A is `akbk`; `hsm(C)`: the customer's; `spare(M)` and `tenant(M)`: all
 *   that the service, and another customer, have provisioned in a mode.
 */
export const LANGUAGE: Language = {
  sorts: {
    A: ['akbk', 'blank'],
    B: ['bek', 'mask', 'mine'],
    C: ['fips', 'nonfips'],
    E: ['before', 'now'],
    F: ['production', 'other'],
    J: ['certkey', 'mine'],
    K: ['bek', 'mask', 'chan', 'mine', 'kdf', 'certkey', 'fw', 'ca', 'device', 'static', 'sealkey'],
    M: ['FIPS', 'NON_FIPS'],
    N: ['genuine', 'imitation'],
    O: ['snap', 'taken', 'forged'],
    P: ['pw'],
    R: ['CO', 'CU'],
    U: ['hsm', 'spare', 'tenant', 'unit'],
    V: ['hsm', 'spare', 'tenant'],
    X: null,
    Y: ['official', 'evil'],
  },
  constructors: ['senc', 'wrap', 'backup', 'kdf', 'sign', 'pub', 'attest', 'code', 'static'],
  publics: [
    ...[
      'fips',
      'nonfips',
      'FIPS',
      'NON_FIPS',
      'CO',
      'CU',
      'genuine',
      'imitation',
      'blank',
      'nothing',
      'any',
      'lure',
      'ephemeral',
    ],
    ...['production', 'other', 'before', 'now', 'header', 'hello'],
  ],
  keyPlaces: { senc: [1], wrap: [0, 1], sign: [1], pub: [0] },
  abbreviations: [
    ['wrapping(N, A, M)', 'kdf(mkbk(N), A, M)'],
    ['sealed(N, A, M, B, O)', 'backup(header(M), wrap(B, wrapping(N, A, M)), senc(contents(O), B, header(M)))'],
    ['session(V, M, O, C)', 'chan(V, M, O)'],
    ['masking(V, M, O)', 'mask(V, M, O)'],
    ['attested(J, M)', 'attest(pub(J), M)'],
    ['certified(J)', 'sign(pub(J), ca)'],
    ['greeting(V, M, J)', 'sign(hello(V, M), J)'],
  ],
  collective: ['spare', 'tenant'],
}
