/** ECDSA over P-256 with SHA-256 against published vectors: what is signed, what verifies, and what does not. */
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { p256 } from '@noble/curves/nist.js'
import { describe, expect, it } from 'vitest'
import { computeCheck } from '../../../impl/hsm/keys.ts'
import { generateKeyPair, sign, verify, verifyAfresh } from '../../../impl/hsm/signature.ts'

/** RFC 6979 A.2.5, the key, and the signatures with SHA-256 of two messages; the first has an s above half of the order. */
const PRIVATE = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721'
const PUBLIC = '0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6'
const DETERMINISTIC = [
  {
    message: 'sample',
    signature:
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  },
  {
    message: 'test',
    signature:
      'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
  },
]

/** NIST CAVP, 186-3 and 186-4 ECDSA, SigGen.txt and SigVer.rsp, [P-256,SHA-256]. */
const CAVP = [
  {
    name: 'SigGen, the first record',
    message:
      '5905238877c77421f73e43ee3da6f2d9e2ccad5fc942dcec0cbd25482935faaf416983fe165b1a045ee2bcd2e6dca3bdf46c4310a7461f9a37960ca672d3feb5473e253605fb1ddfd28065b53cb5858a8ad28175bf9bd386a5e471ea7a65c17cc934a9d791e91491eb3754d03799790fe2d308d16146d5c9b0d0debd97d79ce8',
    x: '1ccbe91c075fc7f4f033bfa248db8fccd3565de94bbfb12f3c59ff46c271bf83',
    y: 'ce4014c68811f9a21a1fdb2c0e6113e06db7ca93b7404e78dc7ccd5ca89a4ca9',
    r: 'f3ac8061b514795b8843e3d6629527ed2afd6b1f6a555a7acabb5e6f79c8c2ac',
    s: '8bf77819ca05a6b2786c76262bf7371cef97b218e96f175a3ccdda2acc058903',
    verifies: true,
  },
  {
    name: 'SigVer, P (0)',
    message:
      'e1130af6a38ccb412a9c8d13e15dbfc9e69a16385af3c3f1e5da954fd5e7c45fd75e2b8c36699228e92840c0562fbf3772f07e17f1add56588dd45f7450e1217ad239922dd9c32695dc71ff2424ca0dec1321aa47064a044b7fe3c2b97d03ce470a592304c5ef21eed9f93da56bb232d1eeb0035f9bf0dfafdcc4606272b20a3',
    x: 'e424dc61d4bb3cb7ef4344a7f8957a0c5134e16f7a67c074f82e6e12f49abf3c',
    y: '970eed7aa2bc48651545949de1dddaf0127e5965ac85d1243d6f60e7dfaee927',
    r: 'bf96b99aa49c705c910be33142017c642ff540c76349b9dab72f981fd9347f4f',
    s: '17c55095819089c2e03b9cd415abdf12444e323075d98f31920b9e0f57ec871c',
    verifies: true,
  },
  {
    name: 'SigVer, F (1 - Message changed)',
    message:
      '1669bfb657fdc62c3ddd63269787fc1c969f1850fb04c933dda063ef74a56ce13e3a649700820f0061efabf849a85d474326c8a541d99830eea8131eaea584f22d88c353965dabcdc4bf6b55949fd529507dfb803ab6b480cd73ca0ba00ca19c438849e2cea262a1c57d8f81cd257fb58e19dec7904da97d8386e87b84948169',
    x: '69b7667056e1e11d6caf6e45643f8b21e7a4bebda463c7fdbc13bc98efbd0214',
    y: 'd3f9b12eb46c7c6fda0da3fc85bc1fd831557f9abc902a3be3cb3e8be7d1aa2f',
    r: '288f7a1cd391842cce21f00e6f15471c04dc182fe4b14d92dc18910879799790',
    s: '247b3c4e89a3bcadfea73c7bfd361def43715fa382b8c3edf4ae15d6e55e9979',
    verifies: false,
  },
  {
    name: 'SigVer, F (3 - S changed)',
    message:
      '3fe60dd9ad6caccf5a6f583b3ae65953563446c4510b70da115ffaa0ba04c076115c7043ab8733403cd69c7d14c212c655c07b43a7c71b9a4cffe22c2684788ec6870dc2013f269172c822256f9e7cc674791bf2d8486c0f5684283e1649576efc982ede17c7b74b214754d70402fb4bb45ad086cf2cf76b3d63f7fce39ac970',
    x: 'bf02cbcf6d8cc26e91766d8af0b164fc5968535e84c158eb3bc4e2d79c3cc682',
    y: '069ba6cb06b49d60812066afa16ecf7b51352f2c03bd93ec220822b1f3dfba03',
    r: 'f5acb06c59c2b4927fb852faa07faf4b1852bbb5d06840935e849c4d293d1bad',
    s: '049dab79c89cc02f1484c437f523e080a75f134917fda752f2d5ca397addfe5d',
    verifies: false,
  },
]

describe('ECDSA P-256 with SHA-256', () => {
  it.each(DETERMINISTIC)('§hardware.firmware signs "$message" as RFC 6979 A.2.5 does', ({ message, signature }) => {
    const pair = { privateKey: hexToBytes(PRIVATE), publicKey: hexToBytes(PUBLIC) }
    const key = { label: '', kind: 'EC', owner: '', token: true, sensitive: true, extractable: false } as const
    expect(bytesToHex(p256.getPublicKey(pair.privateKey))).toBe(PUBLIC)
    expect(bytesToHex(sign(pair, utf8ToBytes(message)))).toBe(signature)
    expect(bytesToHex(computeCheck({ ...key, value: pair.privateKey }, utf8ToBytes(message)))).toBe(signature)
    expect(verify(pair.publicKey, utf8ToBytes(message), hexToBytes(signature))).toBe(true)
    expect(verify(pair.publicKey, utf8ToBytes(`${message}!`), hexToBytes(signature))).toBe(false)
  })

  it.each(CAVP)('§hardware.firmware verifies as CAVP says, $name', ({ message, x, y, r, s, verifies }) => {
    const publicKey = p256.Point.fromHex(`04${x}${y}`).toBytes(true)
    expect(verifyAfresh(publicKey, hexToBytes(message), hexToBytes(r + s))).toBe(verifies)
  })

  it('§hardware.firmware verifies no signature of another length, and none of numbers out of range', () => {
    const [publicKey, message] = [hexToBytes(PUBLIC), utf8ToBytes('test')]
    const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
    const zero = '00'.repeat(32)
    const [one] = DETERMINISTIC.map(({ signature }) => signature).slice(1)
    const [r, s] = [one?.slice(0, 64) ?? '', one?.slice(64) ?? '']
    for (const wrong of ['', r, `${r}${s}00`, zero + s, r + zero, zero + zero, order + s, r + order])
      expect(verifyAfresh(publicKey, message, hexToBytes(wrong)), wrong).toBe(false)
    expect(verifyAfresh(publicKey, message, hexToBytes(r + s))).toBe(true)
  })

  it('§hardware.firmware makes a key pair of 48 drawn bytes as FIPS 186-5 A.2.1 does: d = (c mod (n - 1)) + 1', () => {
    const n = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
    for (const byte of [0x00, 0x01, 0x80, 0xff]) {
      const drawn = Uint8Array.from({ length: 48 }, (_, at) => (byte + at) % 256)
      const expected = (BigInt(`0x${bytesToHex(drawn)}`) % (n - 1n)) + 1n
      const { privateKey, publicKey } = generateKeyPair(() => drawn)
      expect(BigInt(`0x${bytesToHex(privateKey)}`)).toBe(expected)
      expect(publicKey).toEqual(p256.getPublicKey(privateKey))
    }
  })
})
