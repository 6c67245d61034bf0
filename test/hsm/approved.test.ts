/** The closed list of algorithms: nothing else of @noble is imported, SPEC.md has the same list, and no other kind of key is offered. */
import { describe, expect, it } from 'vitest'
import { importsOf, readFiles, readSpec, type SourceFile } from '../../cli/spec/index.ts'
import { APPROVED, type Approved } from '../../impl/hsm/approved.ts'
import { openClientChannel } from '../../impl/hsm/client.ts'
import { CU, entropy, filled, tell } from './fleet.ts'

/** Modules of @noble that compute no algorithm of their own: bytes, hex, comparison. */
const PLAIN = /^@noble\/(ciphers|hashes|curves)\/utils\.js$/

const LISTED: readonly string[] = Object.values(APPROVED).flatMap(({ computedBy }) => computedBy)

/** What a file takes out of @noble besides what is plain: `name from module`. */
const takenBy = ({ text }: SourceFile): readonly string[] =>
  [...text.matchAll(/import\s+(?:\{([^}]*)\}|([^'{]+))\s*from\s*'(@noble\/[^']+)'/g)]
    .filter(([, , , from = '']) => !PLAIN.test(from))
    .flatMap(([, names, whole]) => (names ?? whole ?? '').split(','))
    .map(name => name.replace(/\btype\b/, '').trim())
    .filter(name => name !== '')

const unlisted = (files: readonly SourceFile[]): readonly string[] =>
  files
    .filter(({ path }) => path.startsWith('impl/hsm/'))
    .flatMap(file => takenBy(file).map(name => ({ path: file.path, name })))
    .filter(({ name }) => !LISTED.includes(name))
    .map(({ path, name }) => `${path} takes ${name}`)

describe('the list of algorithms', () => {
  const inside = readFiles().filter(({ path }) => path.startsWith('impl/hsm/'))

  it('§hardware.approved has all that the HSM takes out of @noble, and nothing that it does not', () => {
    expect(unlisted(inside)).toEqual([])
    const taken = new Set(inside.flatMap(takenBy))
    expect(LISTED.filter(name => !taken.has(name))).toEqual([])
  })

  it('§hardware.approved is read from every import of @noble', () => {
    const imports = inside.flatMap(({ text }) => importsOf(text)).filter(({ from }) => from.startsWith('@noble/'))
    const read = inside.flatMap(({ text }) => [...text.matchAll(/from\s*'(@noble\/[^']+)'/g)])
    expect(imports.length).toBeGreaterThan(30)
    expect(read.length).toBe(imports.length)
  })

  it.each([
    [`import { chacha20poly1305 } from '@noble/ciphers/chacha.js'`, 'chacha20poly1305'],
    [`import { gcm, ecb } from '@noble/ciphers/aes.js'`, 'ecb'],
    [`import { sha512 } from '@noble/hashes/sha2.js'`, 'sha512'],
    [`import {\n  p256,\n  p521,\n} from '@noble/curves/nist.js'`, 'p521'],
    [`import * as legacy from '@noble/hashes/legacy.js'`, '* as legacy'],
  ])('§hardware.approved misses a planted import of another: %s', (text, name) => {
    expect(unlisted([{ path: 'impl/hsm/x.ts', text: `${text}\n` }])).toEqual([`impl/hsm/x.ts takes ${name}`])
  })

  it('§hardware.approved stands in SPEC.md with the same standards', () => {
    const table = /\| algorithm \| standard \|[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)/.exec(readSpec())?.[1] ?? ''
    const rows = table.split('\n').filter(row => row !== '')
    const listed = rows
      .map(row => row.split('|').map(cell => cell.trim()))
      .map(([, name, standard]) => [name, standard])
    expect(listed).toEqual(Object.entries(APPROVED).map(([name, { standard }]) => [name, standard]))
  })
})

/** Where the vectors of each are from, in the words of the files that have them. */
const SOURCES: Readonly<Record<Approved, readonly string[]>> = {
  'SHA-256': ['FIPS 180-4, the examples'],
  'HMAC-SHA-256': ['RFC 4231, HMAC-SHA-256'],
  HMAC_DRBG: ['NIST CAVP, DRBG, no reseed, HMAC_DRBG.rsp'],
  'key extraction': ['the extraction that is one, agree with RFC 4231'],
  'KDF in counter mode': ['NIST CAVP, KBKDF, KDFCTR_gen.rsp'],
  'AES-256-GCM': [
    'McGrew and Viega',
    'gcmEncryptExtIV256.rsp and gcmDecrypt256.rsp',
    'gcmDecrypt256.rsp, records marked FAIL',
  ],
  'AES-256 key wrap': ['RFC 3394 §4.6', 'KW_AD_256.txt', "The same file's records marked FAIL"],
  'AES-256-CMAC': ['SP 800-38B, examples of AES-256'],
  'ECDSA P-256': ['RFC 6979 A.2.5', 'SigGen.txt and SigVer.rsp', 'SigVer, F (3 - S changed)'],
  PBKDF2: ['RFC 7914 §11, PBKDF2-HMAC-SHA-256'],
}

describe('the vectors', () => {
  it('§hardware.approved are published ones for every algorithm of the list, each with its source', () => {
    const text = readFiles()
      .filter(({ path }) => path.startsWith('test/hsm/vectors/'))
      .map(file => file.text)
      .join('')
    expect(Object.keys(SOURCES).toSorted()).toEqual(Object.keys(APPROVED).toSorted())
    expect(
      Object.values(SOURCES)
        .flat()
        .filter(source => !text.includes(source)),
    ).toEqual([])
  })
})

describe('what is offered', () => {
  it.each(['FIPS', 'NON_FIPS'] as const)(
    '§hardware.approved is AES and P-256 in %s mode, and a command for another kind of key is none',
    mode => {
      const hsm = filled(140, 'hsm2m', mode)
      const before = hsm.digest()
      // As it is sent, whatever the type says that there is.
      const ask = (kind: string) => {
        const agreement = hsm.agree(entropy(1))
        if (agreement === null) throw new Error('expected a session')
        const command = { op: 'GenerateKey', as: CU, label: 'another', kind: kind as 'AES' } as const
        return hsm.exchange(agreement.session, openClientChannel(agreement).request(command))
      }
      for (const kind of ['DES3', 'RSA', 'K256', 'aes', '']) expect(ask(kind), kind).toBeNull()
      expect(hsm.digest()).toBe(before)
      expect(ask('AES')).not.toBeNull()
      for (const kind of ['AES', 'EC'] as const)
        expect(tell(hsm, { op: 'GenerateKey', as: CU, label: kind, kind }).ok).toBe(true)
    },
  )
})
