/** Power-on self-tests (FIPS 140-3 §7.10.2, known answers): each algorithm computes a published answer before any key is derived. */
import { equalBytes } from '@noble/ciphers/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { generate, instantiate } from './drbg.ts'
import { counterKdf } from './kdf.ts'
import { bulk } from './seal.ts'
import { verifyAfresh } from './signature.ts'
import { keyWrap } from './wrap.ts'

/** An algorithm with the answer that was published for it. */
interface KnownAnswer {
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
const SIGNATURE = hexToBytes(
  'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
)
const isSignatureOf = (message: string): number => Number(verifyAfresh(PUBLIC, utf8ToBytes(message), SIGNATURE))

/** What is tested, each by the answer of the document that is named. */
export const KNOWN_ANSWERS = {
  // FIPS 180-4, the example of one block
  'SHA-256': {
    compute: () => sha256(utf8ToBytes('abc')),
    published: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  // RFC 4231 §4.3
  'HMAC-SHA-256': {
    compute: () => hmac(sha256, utf8ToBytes('Jefe'), utf8ToBytes('what do ya want for nothing?')),
    published: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  // CAVP HMAC_DRBG.rsp, SHA-256, no personalization string, COUNT=0, its first 32 bytes
  HMAC_DRBG: { compute: drbg, published: 'e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89' },
  // CAVP KDFCTR_gen.rsp, HMAC_SHA256, COUNT=10
  'KDF in counter mode': {
    compute: kdf,
    published: '770dfab6a6a4a4bee0257ff335213f78d8287b4fd537d5c1fffa956910e7c779',
  },
  // RFC 3394 §4.6, both ways
  'AES-256 key wrap': { compute: () => keyWrap.wrap(KEK, KEY_DATA), published: WRAPPED },
  'AES-256 key unwrap': {
    compute: () => keyWrap.unwrap(KEK, hexToBytes(WRAPPED)) ?? EMPTY,
    published: '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
  },
  // McGrew and Viega, test case 14, both ways
  'AES-256-GCM encryption': {
    compute: () => bulk.seal(ZERO_KEY, ZERO_NONCE, EMPTY, ZERO_BLOCK),
    published: SEALED,
  },
  'AES-256-GCM decryption': {
    compute: () => bulk.open(ZERO_KEY, ZERO_NONCE, EMPTY, hexToBytes(SEALED)) ?? EMPTY,
    published: '00'.repeat(16),
  },
  // RFC 6979 A.2.5: a signature of one message, and of no other
  'ECDSA P-256 verification': {
    compute: () => Uint8Array.of(isSignatureOf('test'), isSignatureOf('sample')),
    published: '0100',
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

/** Whether every algorithm answers as published; `disturbed` is one whose circuits fail in this start. §hardware.selftest */
export const passesSelfTests = (disturbed: Algorithm | null): boolean =>
  ALGORITHMS.every(algorithm => {
    const answer = answerOf(algorithm)
    return equalBytes(
      algorithm === disturbed ? disturb(answer) : answer,
      hexToBytes(KNOWN_ANSWERS[algorithm].published),
    )
  })
