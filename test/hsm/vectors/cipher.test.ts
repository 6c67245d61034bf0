/** AES-256-GCM, AES-256 key wrap and AES-CMAC against published vectors, those that have to be refused among them. */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { records } from '../../../impl/hsm/channel.ts'
import { computeCheck } from '../../../impl/hsm/keys.ts'
import { bulk } from '../../../impl/hsm/seal.ts'
import { keyWrap } from '../../../impl/hsm/wrap.ts'

/** In hex; `sealed` is the ciphertext followed by the tag. */
interface Gcm {
  readonly name: string
  readonly key: string
  readonly nonce: string
  readonly associated: string
  readonly plaintext: string
  readonly sealed: string
}

const VIEGA_KEY = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'
const VIEGA_TEXT =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39'
const VIEGA_CIPHER =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662'

/**
 * McGrew and Viega, The Galois/Counter Mode of Operation, test cases 13 to 16, and NIST CAVP, GCMVS, CAVS 14.0,
 * gcmEncryptExtIV256.rsp and gcmDecrypt256.rsp, sections of IVlen=96 and Taglen=128.
 */
const GCM: readonly Gcm[] = [
  {
    name: 'McGrew and Viega, test case 13',
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    associated: '',
    plaintext: '',
    sealed: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    name: 'McGrew and Viega, test case 14',
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    associated: '',
    plaintext: '00'.repeat(16),
    sealed: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    name: 'McGrew and Viega, test case 15',
    key: VIEGA_KEY,
    nonce: 'cafebabefacedbaddecaf888',
    associated: '',
    plaintext: `${VIEGA_TEXT}1aafd255`,
    sealed: `${VIEGA_CIPHER}898015adb094dac5d93471bdec1a502270e3cc6c`,
  },
  {
    name: 'McGrew and Viega, test case 16',
    key: VIEGA_KEY,
    nonce: 'cafebabefacedbaddecaf888',
    associated: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext: VIEGA_TEXT,
    sealed: `${VIEGA_CIPHER}76fc6ece0f4e1768cddf8853bb2d551b`,
  },
  {
    name: 'CAVP encryption, PTlen=256 AADlen=384 COUNT=0',
    key: 'dc776f0156c15d032623854b625c61868e5db84b7b6f9fbd3672f12f0025e0f6',
    nonce: '67130951c4a57f6ae7f13241',
    associated: 'fd0920faeb7b212932280a009bac969145e5c316cf3922622c3705c3457c4e9f124b2076994323fbcfb523f8ed16d241',
    plaintext: '9378a727a5119595ad631b12a5a6bc8a91756ef09c8d6eaa2b718fe86876da20',
    sealed: '6d958c20870d401a3c1f7a0ac092c97774d451c09f7aae992a8841ff0ab9d60db876831b4ecd7242963b040aa45c4114',
  },
  {
    name: 'CAVP encryption, PTlen=408 AADlen=160 COUNT=0',
    key: '24501ad384e473963d476edcfe08205237acfd49b5b8f33857f8114e863fec7f',
    nonce: '9ff18563b978ec281b3f2794',
    associated: 'adb5ec720ccf9898500028bf34afccbcaca126ef',
    plaintext: '27f348f9cdc0c5bd5e66b1ccb63ad920ff2219d14e8d631b3872265cf117ee86757accb158bd9abb3868fdc0d0b074b5f01b2c',
    sealed:
      'eb7cb754c824e8d96f7c6d9b76c7d26fb874ffbf1d65c6f64a698d839b0b06145dae82057ad55994cf59ad7f67c0fa5e85fab8bc95c532fecc594c36d1550286a7a3f0',
  },
  {
    name: 'CAVP decryption, PTlen=256 AADlen=384 COUNT=0',
    key: '42f6c25159b8655380f052dd5dad180e76813b60eb813665c5015f26cf32e8f1',
    nonce: '7248a5ed48f4f1b4a9db3826',
    associated: '8e3c74f127dbfe29ac4de0a7c3240ee8aa8d38a82f38ad6b480236c8cd4232057a5502e936bfe22225830fa195a8afce',
    plaintext: '9a329cb45b0093e9c00615137dd7dbd1f8b525999af3bfc222315f41817717a7',
    sealed: '26325c3463813a7d59d184a330ef80959637fa6db4f5db3062d3d2ec7e32d82a4f39c63d4f215d5b39a58853d3842175',
  },
]

/** NIST CAVP, gcmDecrypt256.rsp, records marked FAIL. */
const GCM_FAIL: readonly Omit<Gcm, 'plaintext'>[] = [
  {
    name: 'PTlen=0 AADlen=0 COUNT=1',
    key: 'e5a8123f2e2e007d4e379ba114a2fb66e6613f57c72d4e4f024964053028a831',
    nonce: '51e43385bf533e168427e1ad',
    associated: '',
    sealed: '38fe845c66e66bdd884c2aecafd280e6',
  },
  {
    name: 'PTlen=128 AADlen=0 COUNT=2',
    key: 'c997768e2d14e3d38259667a6649079de77beb4543589771e5068e6cd7cd0b14',
    nonce: '835090aed9552dbdd45277e2',
    associated: '',
    sealed: '9f6607d68e22ccf21928db0986be126ef32617f67c574fd9f44ef76ff880ab9f',
  },
  {
    name: 'PTlen=408 AADlen=160 COUNT=0',
    key: 'e9d381a9c413bee66175d5586a189836e5c20f5583535ab4d3f3e612dc21700e',
    nonce: '23e81571da1c7821c681c7ca',
    associated: '6f39c9ae7b8e8a58a95f0dd8ea6a9087cbccdfd6',
    sealed:
      'a25f3f580306cd5065d22a6b7e9660110af7204bb77d370f7f34bee547feeff7b32a596fce29c9040e68b1589aad48da8819905b6dcd70eefb0892fab1539298b92a4b',
  },
]

/** RFC 3394 §4.6, and NIST CAVP, KWVS, KW_AD_256.txt, PLAINTEXT LENGTH = 256. */
const KEY_WRAP = [
  {
    name: 'RFC 3394 §4.6',
    key: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    wrapped: '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
    plaintext: '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
  },
  {
    name: 'CAVP COUNT=6',
    key: 'd6bd9f6c38105393d6eace9f0712295eed2240c85fbfd284a4e3ce4ed20ea857',
    wrapped: '556cd9deb5343d5b564d6a12c0b3f57484b2e116bec07c80ac0a31aa72d31c631232badd48bcb5a8',
    plaintext: '476dd2f119e17d612166ad4be4171625a2fb139afb3133f6c4bef5c8dff0e7bd',
  },
  {
    name: 'CAVP COUNT=8',
    key: '0f830ef35c4248cc3eb36d61a96b55f03ee7f7151245af4b35e6a7c1b30ac089',
    wrapped: 'a10554d834aa3698606f512154025b16d0b43e4d6ff7be684961b977ac966da2aa16125a8ed2183b',
    plaintext: '1a367df27b699750cb69646918132613002eb7b7cdc5138015e5dc75dfd20a39',
  },
]

/** The same file's records marked FAIL. */
const KEY_WRAP_FAIL = [
  {
    count: 7,
    key: 'f58b479c7fd26706b82cdc24b170ceea502a45311ecd2453f2142993ad838480',
    wrapped: '9c104f79e648e8f794da8a5474cdf22d08b3f4e80483f5f6ea7bff7ade8343cb5c70572a7bc7e8fa',
  },
  {
    count: 14,
    key: 'bf62d0be16a67361516758a766da45a29db40c10fb6c80f669c122b227f1bfaf',
    wrapped: '875e2c113ec2b9ee3dc7efe5ad9dd1d480f67391489bab071a2e97d3509f2efc95d094bb6061ed86',
  },
  {
    count: 18,
    key: '3c7c559fb99d2e3f8280c9be14b0f7b676a32053eba8f7afbb4304c117a65069',
    wrapped: '861b0a15bf5907b551bc9482bc4de361de645f18f97fd80fffa5b96879238259c6677eb50596205b',
  },
]

/** SP 800-38B, examples of AES-256; the messages are beginnings of one. */
const CMAC_TEXT =
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710'
const CMAC = [
  { length: 0, tag: '028962f61b7bf89efc6b551f4667d983' },
  { length: 16, tag: '28a7023f452e8f82bd4bf28d8c37c35c' },
  { length: 40, tag: 'aaf3d8f1de5640c232f5b169b9c911e6' },
  { length: 64, tag: 'e1992190549f6ed5696a2c056c315410' },
]

describe('AES-256-GCM, SP 800-38D', () => {
  it.each(GCM)('§backup.sealed §channel.sealed agrees with $name', ({ key, nonce, associated, plaintext, sealed }) => {
    const [under, at, along] = [hexToBytes(key), hexToBytes(nonce), hexToBytes(associated)]
    expect(bytesToHex(bulk.seal(under, at, along, hexToBytes(plaintext)))).toBe(sealed)
    expect(bulk.open(under, at, along, hexToBytes(sealed))).toEqual(hexToBytes(plaintext))
    if (associated !== '') return
    expect(bytesToHex(records.seal(under, at, hexToBytes(plaintext)))).toBe(sealed)
    expect(records.open(under, at, hexToBytes(sealed))).toEqual(hexToBytes(plaintext))
  })

  it.each(GCM_FAIL)('§restore.seal opens nothing that CAVP marks FAIL, $name', ({ key, nonce, associated, sealed }) => {
    expect(bulk.open(hexToBytes(key), hexToBytes(nonce), hexToBytes(associated), hexToBytes(sealed))).toBeNull()
  })
})

describe('AES-256 key wrap, KW of SP 800-38F', () => {
  it.each(KEY_WRAP)('§key.wrap agrees with $name, both ways', ({ key, wrapped, plaintext }) => {
    expect(bytesToHex(keyWrap.wrap(hexToBytes(key), hexToBytes(plaintext)))).toBe(wrapped)
    expect(keyWrap.unwrap(hexToBytes(key), hexToBytes(wrapped))).toEqual(hexToBytes(plaintext))
  })

  it.each(KEY_WRAP_FAIL)('§key.wrap §restore.unwrap unwraps nothing that CAVP marks FAIL, COUNT=$count', vector => {
    expect(keyWrap.unwrap(hexToBytes(vector.key), hexToBytes(vector.wrapped))).toBeNull()
  })
})

describe('AES-CMAC, SP 800-38B', () => {
  it.each(CMAC)('§key.use agrees with the example of $length bytes under AES-256', ({ length, tag }) => {
    const value = hexToBytes('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4')
    const key = { label: '', kind: 'AES', value, owner: '', token: true, sensitive: true, extractable: false } as const
    expect(bytesToHex(computeCheck(key, hexToBytes(CMAC_TEXT).subarray(0, length)))).toBe(tag)
  })
})
