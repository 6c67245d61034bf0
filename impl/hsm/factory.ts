/** The manufacturer, who makes MKBK and the firmware keys, and its hardware before and after the ceremony. */
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { OfficerCard } from './ceremony.ts'
import type { Attester, HardwareIdentity, Root } from './attestation.ts'
import { cborCodec, signerOf, type CertificateCodec } from './certificate.ts'
import { generate, instantiate, type Draw } from './drbg.ts'
import type { Line, Mode } from './encoding.ts'
import {
  OUTDATED,
  PLAIN,
  VERSION,
  signFirmware,
  type Behaviour,
  type FirmwareImage,
  type FirmwareKeys,
} from './firmware.ts'
import { createHsm } from './hardware.ts'
import type { Build, Hsm } from './hsm.ts'
import { createOfflineHsm } from './offline.ts'
import { copyRoots } from './rom.ts'
import { defaultParts, type Parts } from './seams.ts'
import { generateKeyPair } from './signature.ts'
import type { Terminal } from './terminal.ts'
import { newUnit } from './unit.ts'

/** A factory never changes, so copies of an account may share it. */
export interface Factory {
  readonly parts: Parts
  /** A new unit. `entropy` is at least 32 bytes and never given twice. */
  manufacture(unit: { readonly genuine: boolean; readonly line: Line; readonly entropy: Uint8Array }): Hsm
  /** AWS certifies the hardware, where that is done at all. */
  enrol(hsm: Hsm): void
  /** What everybody knows of those who certify hardware; null where nobody does. */
  readonly roots: Readonly<Record<Root, Uint8Array>> | null
  /** The two officers' cards, of the first ceremony. */
  readonly officers: readonly [OfficerCard, OfficerCard]
  /** The cards of another, by its number. */
  cards(ceremony: number): readonly [OfficerCard, OfficerCard]
  /** Firmware signed with the FIPS production key, another key of the manufacturer, or somebody else's; `outdated` is an older `fips`. */
  image(kind: 'fips' | 'other' | 'forged' | 'outdated', behaviour?: Behaviour): FirmwareImage
  /** A unit of the fleet: genuine, commissioned, running the manufacturer's firmware in the mode. */
  fleet(unit: { readonly line: Line; readonly mode: Mode; readonly entropy: Uint8Array }): Hsm
}

export interface FactoryOptions {
  /** PBKDF2 iterations of password verifiers; few by default, since this is a simulation. */
  readonly iterations?: number
  readonly codec?: CertificateCodec
  /** The form in which hardware is certified; it is not, by default. */
  readonly attester?: Attester | null
  /** What units are built with besides the channel of their own. */
  readonly terminal?: Terminal | null
}

/** A world made from at least 32 bytes of seed. */
export const createFactory = (
  seed: Uint8Array,
  parts: Parts = defaultParts,
  { iterations = 4, codec = cborCodec, attester = null, terminal = null }: FactoryOptions = {},
): Factory => {
  const draw = streamOf(seed, 'factory')
  const mkbk: Readonly<Record<Line, Uint8Array>> = { hsm1: draw(32), hsm2m: draw(32) }
  const offline = createOfflineHsm(draw(64))
  const officers = offline.issueCards(1)
  const signers = { fips: generateKeyPair(draw), other: generateKeyPair(draw), forged: generateKeyPair(draw) }
  const firmwareKeys: FirmwareKeys = { production: signers.fips.publicKey, other: signers.other.publicKey }
  const build: Build = { parts, firmwareKeys, codec, attester, terminal, iterations }

  const image = (kind: keyof typeof signers, behaviour: Behaviour = PLAIN, version = VERSION): FirmwareImage =>
    signFirmware(signers[kind], kind === 'other' ? 'other' : 'production', behaviour, version)
  const images = {
    fips: image('fips'),
    other: image('other'),
    forged: image('forged'),
    outdated: image('fips', PLAIN, OUTDATED),
  }

  const certification = attester === null ? null : certify(attester, streamOf(seed, 'certificates'))

  const manufacture: Factory['manufacture'] = ({ genuine, line, entropy }) => {
    // §key.mkbk
    const own = genuine ? mkbk : counterfeit(entropy)
    const roots = copyRoots({ fused: line === 'hsm2m' ? own : { hsm1: own.hsm1 }, akbk: null })
    const generator = instantiate(entropy, utf8ToBytes('unit'), utf8ToBytes('cloudhsm'))
    // §hardware.manufacture
    const identity = certification?.identify(genuine, entropy) ?? null
    return createHsm(build, parts.leaveFactory({ ...newUnit(line, roots, generator), identity }))
  }

  const enrol: Factory['enrol'] = hsm => {
    const publicKey = hsm.hardwareKey()
    if (certification !== null && publicKey !== null) hsm.enrol(certification.enrol(publicKey))
  }

  return {
    parts,
    manufacture,
    enrol,
    roots: certification?.roots ?? null,
    officers,
    cards: offline.issueCards,
    image: (kind, behaviour) => {
      if (behaviour === undefined) return images[kind]
      return kind === 'outdated' ? image('fips', behaviour, OUTDATED) : image(kind, behaviour)
    },
    fleet: ({ line, mode, entropy }) => {
      const hsm = manufacture({ genuine: true, line, entropy })
      hsm.commission(officers)
      enrol(hsm)
      hsm.boot(images[mode === 'FIPS' ? 'fips' : 'other'])
      return hsm
    },
  }
}

const streamOf = (seed: Uint8Array, purpose: string): Draw => {
  let state = instantiate(seed, utf8ToBytes(purpose))
  return length => {
    const next = generate(state, length)
    state = next.state
    return next.bytes
  }
}

/** Who certifies hardware, and how; an imitator has a root of his own. */
const certify = (attester: Attester, draw: Draw) => {
  const [manufacturer, aws] = [signerOf(generateKeyPair(draw)), signerOf(generateKeyPair(draw))]
  return {
    roots: { manufacturer: attester.root('manufacturer', manufacturer), aws: attester.root('aws', aws) },
    identify: (genuine: boolean, entropy: Uint8Array): HardwareIdentity => {
      const own = streamOf(entropy, 'identity')
      const pair = generateKeyPair(own)
      const root = genuine ? manufacturer : signerOf(generateKeyPair(own))
      return { pair, manufacturer: attester.hardware('manufacturer', root, pair.publicKey), aws: null }
    },
    enrol: (publicKey: Uint8Array) => attester.hardware('aws', aws, publicKey),
  }
}

/** The root keys of an imitator: as good as the manufacturer's, and others. AKBK it is given like any other. §adversary.ceremony */
const counterfeit = (entropy: Uint8Array): Readonly<Record<Line, Uint8Array>> => {
  const draw = streamOf(entropy, 'counterfeit')
  return { hsm1: draw(32), hsm2m: draw(32) }
}
