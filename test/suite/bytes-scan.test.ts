/** The scanner finds a secret in every form that SPEC.md §14 lists, whole or in two parts, and nothing where there is none. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScanner } from '../conformance/bytes-scan.ts'

const SECRET = '0123456789abcdeffedcba9876543210'
const KEY = Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 11) & 0xff)

const text = (written: string): Uint8Array => Uint8Array.from(Buffer.from(written, 'latin1'))
const backwards = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse()
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** Ways to write bytes, by independent means. */
const WRITTEN: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  ['as it is', bytes => bytes],
  ['in hex', bytes => text(Buffer.from(bytes).toString('hex'))],
  ['in upper-case hex', bytes => text(Buffer.from(bytes).toString('hex').toUpperCase())],
  ...[0, 1, 2].flatMap(offset => {
    const shifted = (bytes: Uint8Array) => Uint8Array.of(...text('xyz').subarray(0, offset), ...bytes, 0x7a, 0x7a)
    return [
      [`in base64, ${offset} bytes in`, (bytes: Uint8Array) => text(Buffer.from(shifted(bytes)).toString('base64'))],
      [`in base64url, ${offset} bytes in`, (bytes: Uint8Array) => text(base64url(shifted(bytes)))],
    ] as const
  }),
  ['in UTF-16, little-endian', bytes => Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1'), 'utf16le'))],
  [
    'in UTF-16, big-endian',
    bytes => Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1'), 'utf16le').swap16()),
  ],
]

const SECRETS: readonly (readonly [string, string | Uint8Array, Uint8Array])[] = [
  ['a text', SECRET, text(SECRET)],
  ['the bytes that a text stands for', SECRET, Uint8Array.from(Buffer.from(SECRET, 'hex'))],
  ['a key', KEY, KEY],
]

const scannerFor = (secret: string | Uint8Array) => {
  const scanner = createScanner()
  scanner.add(secret)
  return scanner
}

describe.each(SECRETS)('%s that has left', (_, secret, bytes) => {
  it.each(WRITTEN)('is found %s, forwards and backwards, among other bytes', (_name, write) => {
    for (const written of [write(bytes), write(backwards(bytes)), backwards(write(bytes))])
      for (const [before, after] of [
        ['', ''],
        ['abc', 'de'],
      ] as const)
        expect(scannerFor(secret).scan('audit', Uint8Array.of(...text(before), ...written, ...text(after)))).toBe(
          'whole',
        )
  })
  it.each(WRITTEN)('is found %s in two parts, wherever it is cut', (_name, write) => {
    const written = write(bytes)
    for (let cut = 1; cut < written.length; cut += 1) {
      const scanner = scannerFor(secret)
      const [one, other] = [written.slice(0, cut), written.slice(cut)]
      const found = [
        scanner.scan('audit hsm-1', Uint8Array.of(0x84, 1, ...one, 0x67)),
        scanner.scan('audit hsm-2', text('something of another')),
        scanner.scan('audit hsm-1', Uint8Array.of(0x84, 2, ...other, 0x67)),
      ]
      expect(
        found.some(seen => seen !== null),
        `cut at ${cut}`,
      ).toBe(true)
    }
  })
})

describe('nothing is found', () => {
  it('in one half, in the halves in the other order, or in the halves from two places', () => {
    const [one, other] = [text(SECRET.slice(0, 20)), text(SECRET.slice(20))]
    for (const told of [
      [['audit hsm-1', one]],
      [
        ['audit hsm-1', other],
        ['audit hsm-1', one],
      ],
      [
        ['audit hsm-1', one],
        ['audit hsm-2', other],
      ],
      [
        ['audit hsm-1', one],
        ['audit hsm-1', text('CN_LOGIN')],
        ['audit hsm-1', other],
      ],
    ] as const) {
      const scanner = scannerFor(SECRET)
      expect(told.map(([stream, bytes]) => scanner.scan(stream, bytes)).filter(found => found !== null)).toEqual([])
    }
  })
  it('in bytes that have nothing to do with it', () => {
    const scanner = createScanner()
    for (let n = 0; n < 40; n += 1) scanner.add(Uint8Array.from({ length: 32 }, (_, at) => (at * n * 7 + n) & 0xff))
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 400 }), bytes => scanner.scan('record', bytes) === null),
      { seed: 1, numRuns: 500 },
    )
  })
  it('of what is too short to be a secret', () => {
    expect(scannerFor('short').scan('audit', text('short'))).toBeNull()
  })
})
