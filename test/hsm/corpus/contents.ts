/** Contents that the frozen corpus holds: of an HSM before activation, in service, without anything, full, and at the edges of the encoding. */
import type { Contents, Key, User } from '../../../impl/hsm/contents.ts'
import { generate, instantiate } from '../../../impl/hsm/index.ts'

const EMPTY = new Uint8Array(0)

/** Bytes that are the same in every run, a stream for each kind of contents. */
const streamOf = (kind: number) => {
  let state = instantiate(new Uint8Array(32).fill(kind), EMPTY)
  return (length: number): Uint8Array => {
    const next = generate(state, length)
    state = next.state
    return next.bytes
  }
}
type Draw = ReturnType<typeof streamOf>

const user = (draw: Draw, name: string, role: User['role'], iterations = 1000): User => ({
  name,
  role,
  verifier: { salt: draw(16), iterations, hash: draw(32) },
  publicKey: role === 'CO' ? draw(33) : null,
})

const key = (draw: Draw, label: string, owner: string, kind: Key['kind'], flags: number): Key => ({
  label,
  kind,
  value: draw(32),
  owner,
  token: (flags & 1) === 0,
  sensitive: (flags & 2) === 0,
  extractable: (flags & 4) !== 0,
})

const none = (name: string, role: User['role']): User => ({ name, role, verifier: null, publicKey: null })
const pair = (draw: Draw, certificate: number): Contents['certificates'] => ({
  privateKey: draw(32),
  publicKey: draw(33),
  certificate: draw(certificate),
})

const initial = (draw: Draw): Contents => ({
  users: [none('PRECO', 'PRECO'), none('AU', 'AU')],
  keys: [],
  certificates: pair(draw, 0),
  policies: 0,
  quorum: 0,
  configuration: { label: '' },
})

const bare = (): Contents => ({
  users: [],
  keys: [],
  certificates: null,
  policies: 0,
  quorum: 0,
  configuration: { label: '' },
})

const service = (draw: Draw): Contents => ({
  users: [
    ...['CO', 'second', 'third'].map(name => user(draw, name, 'CO')),
    none('AU', 'AU'),
    ...['CU', 'übung', '鍵'].map(name => user(draw, name, 'CU')),
  ],
  keys: Array.from({ length: 8 }, (_, n) => key(draw, `key ${n}`, 'CU', n % 2 === 0 ? 'AES' : 'EC', n & 6)),
  certificates: pair(draw, 171),
  policies: 7,
  quorum: 2,
  configuration: { label: 'in service' },
})

/** Lengths and numbers on both sides of where the head of a CBOR item grows (RFC 8949 §3). */
const edges = (draw: Draw): Contents => ({
  users: [23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1].map((iterations, n) =>
    user(draw, 'u'.repeat([0, 1, 23, 24, 25, 255, 256, 257, 300][n] ?? 0), n % 2 === 0 ? 'CU' : 'CO', iterations),
  ),
  keys: [0, 23, 24, 255, 256, 257, 65_536].map((length, n) => key(draw, 'k'.repeat(length), '', 'EC', n)),
  certificates: pair(draw, 256),
  policies: 2 ** 53 - 1,
  quorum: 8,
  configuration: { label: '\0\u{1f511} "quoted"\n' },
})

const full = (draw: Draw): Contents => ({
  users: Array.from({ length: 260 }, (_, n) => user(draw, `user ${n}`, n < 8 ? 'CO' : 'CU')),
  keys: Array.from({ length: 300 }, (_, n) =>
    key(draw, `key ${n}`, `user ${n % 260}`, n % 3 === 0 ? 'EC' : 'AES', n & 6),
  ),
  certificates: pair(draw, 600),
  policies: 1,
  quorum: 8,
  configuration: { label: 'full' },
})

const MAKERS = { initial, bare, service, edges, full } as const
export type Kind = keyof typeof MAKERS

export const contentsOf = (kind: Kind): Contents => MAKERS[kind](streamOf(Object.keys(MAKERS).indexOf(kind) + 1))
