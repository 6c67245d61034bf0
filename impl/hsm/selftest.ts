/** Power-on self-tests (FIPS 140-3 §7.10.2, known answers): each algorithm computes a published answer before any key is derived. */
import { equalBytes } from '@noble/ciphers/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Approved } from './approved.ts'
import type { Key } from './contents.ts'
import { generate, instantiate, MAX_REQUEST, RESEED_INTERVAL } from './drbg.ts'
import { counterKdf, extract } from './kdf.ts'
import { computeCheck } from './keys.ts'
import { bulk } from './seal.ts'
import { verifyAfresh } from './signature.ts'
import { createVerifier } from './users.ts'
import { keyWrap } from './wrap.ts'

/** A test of an algorithm with the answer that was published for it. */
interface KnownAnswer {
  readonly of: Approved
  readonly compute: () => Uint8Array
  /** In hex. */
  readonly published: string
}

const EMPTY = new Uint8Array(0)

const drbg = (): Uint8Array => {
  const entropy = hexToBytes('ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488')
  const seeded = instantiate(entropy, hexToBytes('659ba96c601dc69fc902940805ec0ca8'))
  return generate(generate(seeded, 128).state, 128).bytes.subarray(0, 32)
}

const kdf = (): Uint8Array =>
  counterKdf(
    hexToBytes('e204d6d466aad507ffaf6d6dab0a5b26152c9e21e764370464e360c8fbc765c6'),
    hexToBytes(
      '7b03b98d9f94b899e591f3ef264b71b193fba7043c7e953cde23bc5384bc1a6293580115fae3495fd845dadbd02bd6455cf48d0f62b33e62364a3a80',
    ),
    256,
  )

const KEK = hexToBytes('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f')
const KEY_DATA = hexToBytes('00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f')
const WRAPPED = '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21'

const ZERO_KEY = new Uint8Array(32)
const ZERO_NONCE = new Uint8Array(12)
const ZERO_BLOCK = new Uint8Array(16)
const SEALED = 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919'

const PUBLIC = hexToBytes('0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6')
const SIGNATURE =
  'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083'
const isSignatureOf = (message: string): number =>
  Number(verifyAfresh(PUBLIC, utf8ToBytes(message), hexToBytes(SIGNATURE)))

const PRIVATE = hexToBytes('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721')

const CMAC_KEY = hexToBytes('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4')
const CMAC_MESSAGE = hexToBytes('6bc1bee22e409f96e93d7e117393172a')
const keyOf = (kind: Key['kind'], value: Uint8Array): Key => {
  const key = { label: '', owner: '', token: false, sensitive: true, extractable: false }
  return { ...key, kind, value }
}

const SEEDED = { key: new Uint8Array(32), v: new Uint8Array(32), counter: 1 }
const DRBG_ERRORS: readonly (() => unknown)[] = [
  () => instantiate(new Uint8Array(31), EMPTY),
  () => generate(SEEDED, MAX_REQUEST + 1),
  () => generate({ ...SEEDED, counter: RESEED_INTERVAL + 1 }, 1),
]
const isRefused = (attempt: () => unknown): number => {
  try {
    attempt()
    return 0
  } catch {
    return 1
  }
}

/** What is tested, each by the answer of the document that is named. */
export const KNOWN_ANSWERS = {
  // FIPS 180-4, the example of one block
  'SHA-256': {
    of: 'SHA-256',
    compute: () => sha256(utf8ToBytes('abc')),
    published: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  // RFC 4231 §4.3
  'HMAC-SHA-256': {
    of: 'HMAC-SHA-256',
    compute: () => hmac(sha256, utf8ToBytes('Jefe'), utf8ToBytes('what do ya want for nothing?')),
    published: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  // CAVP HMAC_DRBG.rsp, SHA-256, no personalization string, COUNT=0, its first 32 bytes
  HMAC_DRBG: {
    of: 'HMAC_DRBG',
    compute: drbg,
    published: 'e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89',
  },
  // CAVP KDFCTR_gen.rsp, HMAC_SHA256, COUNT=10
  'KDF in counter mode': {
    of: 'KDF in counter mode',
    compute: kdf,
    published: '770dfab6a6a4a4bee0257ff335213f78d8287b4fd537d5c1fffa956910e7c779',
  },
  // RFC 3394 §4.6, both ways
  'AES-256 key wrap': { of: 'AES-256 key wrap', compute: () => keyWrap.wrap(KEK, KEY_DATA), published: WRAPPED },
  'AES-256 key unwrap': {
    of: 'AES-256 key wrap',
    compute: () => keyWrap.unwrap(KEK, hexToBytes(WRAPPED)) ?? EMPTY,
    published: '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
  },
  // McGrew and Viega, test case 14, both ways
  'AES-256-GCM encryption': {
    of: 'AES-256-GCM',
    compute: () => bulk.seal(ZERO_KEY, ZERO_NONCE, EMPTY, ZERO_BLOCK),
    published: SEALED,
  },
  'AES-256-GCM decryption': {
    of: 'AES-256-GCM',
    compute: () => bulk.open(ZERO_KEY, ZERO_NONCE, EMPTY, hexToBytes(SEALED)) ?? EMPTY,
    published: '00'.repeat(16),
  },
  // RFC 6979 A.2.5: a signature of one message, and of no other
  'ECDSA P-256 verification': {
    of: 'ECDSA P-256',
    compute: () => Uint8Array.of(isSignatureOf('test'), isSignatureOf('sample')),
    published: '0100',
  },
  // RFC 6979 A.2.5, the signature of "test" with SHA-256
  'ECDSA P-256 signature': {
    of: 'ECDSA P-256',
    compute: () => computeCheck(keyOf('EC', PRIVATE), utf8ToBytes('test')),
    published: SIGNATURE,
  },
  // SP 800-38B, AES-256, example 2
  'AES-256-CMAC': {
    of: 'AES-256-CMAC',
    compute: () => computeCheck(keyOf('AES', CMAC_KEY), CMAC_MESSAGE),
    published: '28a7023f452e8f82bd4bf28d8c37c35c',
  },
  // RFC 7914 §11, one iteration, the first 32 bytes
  PBKDF2: {
    of: 'PBKDF2',
    compute: () => createVerifier('passwd', () => utf8ToBytes('salt'), 1).hash,
    published: '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
  },
  // RFC 4231 §4.2, as salt and component
  'key extraction': {
    of: 'key extraction',
    compute: () => extract(new Uint8Array(20).fill(0x0b), utf8ToBytes('Hi There')),
    published: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  // SP 800-90A Rev. 1 §11.3: what must be an error is one
  'HMAC_DRBG refusals': {
    of: 'HMAC_DRBG',
    compute: () => Uint8Array.from(DRBG_ERRORS, isRefused),
    published: '010101',
  },
} as const satisfies Readonly<Record<string, KnownAnswer>>

export type Algorithm = keyof typeof KNOWN_ANSWERS
export const ALGORITHMS = Object.keys(KNOWN_ANSWERS) as readonly Algorithm[]

/** The same algorithms answer the same, so each computes once and its answer is remembered. */
const answers = new Map<Algorithm, Uint8Array>()

const answerOf = (algorithm: Algorithm): Uint8Array => {
  const answer = answers.get(algorithm) ?? KNOWN_ANSWERS[algorithm].compute()
  answers.set(algorithm, answer)
  return answer
}

/** What a disturbed circuit computes: the answer with a bit flipped. */
const disturb = (answer: Uint8Array): Uint8Array => answer.map((byte, at) => (at === 0 ? byte ^ 1 : byte))

/** What the ROM verifies firmware with is tested before it does (ISO/IEC 19790 §7.10.2.2), the rest before it derives a key. */
export type Stage = 'before firmware' | 'before keys'

const BEFORE_FIRMWARE: readonly Algorithm[] = ['SHA-256', 'ECDSA P-256 verification']

/** Whether every algorithm of the stage answers as published; `disturbed` is one whose circuits fail in this start. §hardware.selftest */
export const passesSelfTests = (disturbed: Algorithm | null, stage: Stage = 'before keys'): boolean =>
  (stage === 'before firmware' ? BEFORE_FIRMWARE : ALGORITHMS).every(algorithm => {
    const answer = answerOf(algorithm)
    return equalBytes(
      algorithm === disturbed ? disturb(answer) : answer,
      hexToBytes(KNOWN_ANSWERS[algorithm].published),
    )
  })
