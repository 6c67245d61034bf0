/** The generator, extraction and the KDF against published vectors, and PBK put together of them. */
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { generate, instantiate } from '../../../impl/hsm/drbg.ts'
import { counterKdf, derivePbk, extract, fixedInput } from '../../../impl/hsm/kdf.ts'

/** NIST CAVP, KBKDF, KDFCTR_gen.rsp: PRF=HMAC_SHA256, CTRLOCATION=BEFORE_FIXED, RLEN=32_BITS. */
const KDF_CTR = [
  {
    name: 'COUNT=0, L=128',
    key: 'dd1d91b7d90b2bd3138533ce92b272fbf8a369316aefe242e659cc0ae238afe0',
    fixed:
      '01322b96b30acd197979444e468e1c5c6859bf1b1cf951b7e725303e237e46b864a145fab25e517b08f8683d0315bb2911d80a0e8aba17f3b413faac',
    output: '10621342bfb0fd40046c0e29f2cfdbf0',
  },
  {
    name: 'COUNT=10, L=256',
    key: 'e204d6d466aad507ffaf6d6dab0a5b26152c9e21e764370464e360c8fbc765c6',
    fixed:
      '7b03b98d9f94b899e591f3ef264b71b193fba7043c7e953cde23bc5384bc1a6293580115fae3495fd845dadbd02bd6455cf48d0f62b33e62364a3a80',
    output: '770dfab6a6a4a4bee0257ff335213f78d8287b4fd537d5c1fffa956910e7c779',
  },
  {
    name: 'COUNT=20, L=160',
    key: 'dc60338d884eecb72975c603c27b360605011756c697c4fc388f5176ef81efb1',
    fixed:
      '44d7aa08feba26093c14979c122c2437c3117b63b78841cd10a4bc5ed55c56586ad8986d55307dca1d198edcffbc516a8fbe6152aa428cdd800c062d',
    output: '29ac07dccf1f28d506cd623e6e3fc2fa255bd60b',
  },
  {
    name: 'COUNT=30, L=320',
    key: 'c4bedbddb66493e7c7259a3bbbc25f8c7e0ca7fe284d92d431d9cd99a0d214ac',
    fixed:
      '1c69c54766791e315c2cc5c47ecd3ffab87d0d273dd920e70955814c220eacace6a5946542da3dfe24ff626b4897898cafb7db83bdff3c14fa46fd4b',
    output: '1da47638d6c9c4d04d74d4640bbd42ab814d9e8cc22f4326695239f96b0693f12d0dd1152cf44430',
  },
]

/** NIST CAVP, DRBG, no reseed, HMAC_DRBG.rsp: SHA-256, 256 bits of entropy input, nonce of 128, 1024 returned bits. */
const HMAC_DRBG = [
  {
    name: 'no personalization string, COUNT=0',
    entropy: 'ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488',
    nonce: '659ba96c601dc69fc902940805ec0ca8',
    personalization: '',
    additional: ['', ''],
    output:
      'e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89d54fbb978a15b5c443c9ec21036d2460b6f73ebad0dc2aba6e624abf07745bc107694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668961df86803482cb37ed6d5c0bb8d50cf1f50d476aa0458bdaba806f48be9dcb8',
  },
  {
    name: 'no personalization string, COUNT=1',
    entropy: '79737479ba4e7642a221fcfd1b820b134e9e3540a35bb48ffae29c20f5418ea3',
    nonce: '3593259c092bef4129bc2c6c9e19f343',
    personalization: '',
    additional: ['', ''],
    output:
      'cf5ad5984f9e43917aa9087380dac46e410ddc8a7731859c84e9d0f31bd43655b924159413e2293b17610f211e09f770f172b8fb693a35b85d3b9e5e63b1dc252ac0e115002e9bedfb4b5b6fd43f33b8e0eafb2d072e1a6fee1f159df9b51e6c8da737e60d5032dd30544ec51558c6f080bdbdab1de8a939e961e06b5f1aca37',
  },
  {
    name: 'personalization string of 256 bits, COUNT=0',
    entropy: '5cacc68165a2e2ee20812f35ec73a79dbf30fd475476ac0c44fc6174cdac2b55',
    nonce: '6f885496c1e63af620becd9e71ecb824',
    personalization: 'e72dd8590d4ed5295515c35ed6199e9d211b8f069b3058caa6670b96ef1208d0',
    additional: ['', ''],
    output:
      'f1012cf543f94533df27fedfbf58e5b79a3dc517a9c402bdbfc9a0c0f721f9d53faf4aafdc4b8f7a1b580fcaa52338d4bd95f58966a243cdcd3f446ed4bc546d9f607b190dd69954450d16cd0e2d6437067d8b44d19a6af7a7cfa8794e5fbd728e8fb2f2e8db5dd4ff1aa275f35886098e80ff844886060da8b1e7137846b23b',
  },
  {
    name: 'no personalization string, additional input of 256 bits, COUNT=0',
    entropy: 'd3cc4d1acf3dde0c4bd2290d262337042dc632948223d3a2eaab87da44295fbd',
    nonce: '0109b0e729f457328aa18569a9224921',
    personalization: '',
    additional: [
      '3c311848183c9a212a26f27f8c6647e40375e466a0857cc39c4e47575d53f1f6',
      'fcb9abd19ccfbccef88c9c39bfb3dd7b1c12266c9808992e305bc3cff566e4e4',
    ],
    output:
      '9c7b758b212cd0fcecd5daa489821712e3cdea4467b560ef5ddc24ab47749a1f1ffdbbb118f4e62fcfca3371b8fbfc5b0646b83e06bfbbab5fac30ea09ea2bc76f1ea568c9be0444b2cc90517b20ca825f2d0eccd88e7175538b85d90ab390183ca6395535d34473af6b5a5b88f5a59ee7561573337ea819da0dcc3573a22974',
  },
]

describe('published vectors', () => {
  it.each(KDF_CTR)('§key.pbk the counter KDF agrees with CAVP KDFCTR_gen, $name', ({ key, fixed, output }) => {
    expect(bytesToHex(counterKdf(hexToBytes(key), hexToBytes(fixed), output.length * 4))).toBe(output)
  })

  it.each(HMAC_DRBG)('§backup.bek the generator agrees with CAVP HMAC_DRBG, $name', vector => {
    const { entropy, nonce, personalization } = vector
    const seeded = instantiate(hexToBytes(entropy), hexToBytes(nonce), hexToBytes(personalization))
    const [once, again] = vector.additional.map(hexToBytes)
    const first = generate(seeded, 128, once)
    expect(bytesToHex(generate(first.state, 128, again).bytes)).toBe(vector.output)
  })
})

describe('what the generator refuses', () => {
  it('§backup.bek less than 256 bits of entropy, more than 2^16 bytes at once, and to go on when a reseed is due', () => {
    expect(() => instantiate(new Uint8Array(31), new Uint8Array(16))).toThrow('32 bytes of entropy')
    const seeded = instantiate(new Uint8Array(32), new Uint8Array(16))
    expect(generate(seeded, 2 ** 16).bytes).toHaveLength(2 ** 16)
    expect(() => generate(seeded, 2 ** 16 + 1)).toThrow('refuses')
    expect(() => generate({ ...seeded, counter: 2 ** 48 + 1 }, 1)).toThrow('refuses')
  })
})

describe('the derivation of PBK', () => {
  it('§key.pbk the fixed input is the whole of Label, 0x00, Context and L', () => {
    const context = hexToBytes('8364464950536568736d326d01')
    expect(bytesToHex(fixedInput(context, 256))).toBe(
      bytesToHex(utf8ToBytes('cloudhsm-backup PBK')) + '00' + '8364464950536568736d326d01' + '00000100',
    )
  })

  it('§key.pbk PBK is the counter KDF under the extracted KI, with mode, line and version as context', () => {
    const [mkbk, akbk] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)] as const
    const ki = extract(utf8ToBytes('cloudhsm-backup KI'), mkbk, akbk)
    const context = hexToBytes('8364464950536568736d326d01') // ["FIPS", "hsm2m", 1]
    const pbk = derivePbk({ mkbk, akbk, mode: 'FIPS', line: 'hsm2m', version: 1 })
    expect(pbk).toEqual(counterKdf(ki, fixedInput(context, 256), 256))
  })
})
