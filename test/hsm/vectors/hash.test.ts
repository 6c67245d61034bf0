/** SHA-256, HMAC and PBKDF2 against published vectors, through the functions of the HSM that use them. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { extract } from '../../../impl/hsm/kdf.ts'
import { createVerifier, verifyPassword } from '../../../impl/hsm/users.ts'

/** FIPS 180-4, the examples that NIST publishes with it: no message, one block, two blocks, a million letters. */
const SHA256 = [
  { name: 'no message', message: '', digest: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  { name: 'one block', message: 'abc', digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
  {
    name: 'two blocks',
    message: 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    digest: '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  },
  {
    name: 'a million letters',
    message: 'a'.repeat(1_000_000),
    digest: 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  },
]

/** RFC 4231, HMAC-SHA-256; test case 5 truncates, which nothing here does. */
const HMAC = [
  {
    section: '4.2',
    key: '0b'.repeat(20),
    data: bytesToHex(utf8ToBytes('Hi There')),
    tag: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    section: '4.3',
    key: bytesToHex(utf8ToBytes('Jefe')),
    data: bytesToHex(utf8ToBytes('what do ya want for nothing?')),
    tag: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    section: '4.4',
    key: 'aa'.repeat(20),
    data: 'dd'.repeat(50),
    tag: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  },
  {
    section: '4.5',
    key: '0102030405060708090a0b0c0d0e0f10111213141516171819',
    data: 'cd'.repeat(50),
    tag: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  },
  {
    section: '4.7',
    key: 'aa'.repeat(131),
    data: bytesToHex(utf8ToBytes('Test Using Larger Than Block-Size Key - Hash Key First')),
    tag: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    section: '4.8',
    key: 'aa'.repeat(131),
    data: bytesToHex(
      utf8ToBytes(
        'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      ),
    ),
    tag: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
]

/** RFC 7914 §11, PBKDF2-HMAC-SHA-256; the first 32 of its 64 bytes. */
const PBKDF2 = [
  {
    password: 'passwd',
    salt: 'salt',
    iterations: 1,
    hash: '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
  },
  {
    password: 'Password',
    salt: 'NaCl',
    iterations: 80_000,
    hash: '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56',
  },
]

describe('hashes', () => {
  it.each(SHA256)('§key.pbk SHA-256 agrees with FIPS 180-4, $name', ({ message, digest }) => {
    expect(bytesToHex(sha256(utf8ToBytes(message)))).toBe(digest)
  })

  it.each(HMAC)('§key.pbk HMAC-SHA-256, and the extraction that is one, agree with RFC 4231 §$section', vector => {
    const [key, data] = [hexToBytes(vector.key), hexToBytes(vector.data)]
    expect(bytesToHex(hmac(sha256, key, data))).toBe(vector.tag)
    expect(bytesToHex(extract(key, data.subarray(0, 3), data.subarray(3)))).toBe(vector.tag)
  })

  it.each(PBKDF2)('§user.login the password hash agrees with RFC 7914 §11, $iterations iterations', vector => {
    // The verifier draws its salt, so the vector's salt is asked of the draw.
    const verifier = createVerifier(vector.password, () => utf8ToBytes(vector.salt), vector.iterations)
    expect(bytesToHex(verifier.hash)).toBe(vector.hash)
    const user = { name: 'user', role: 'CU', verifier, publicKey: null } as const
    if (vector.iterations > 1) return
    expect(verifyPassword(user, vector.password)).toBe(true)
    expect(verifyPassword(user, `${vector.password} `)).toBe(false)
  })
})
