/** Firmware: signed bytes, and the behaviour that they stand for in this simulation. */
import { decodeValue, encodeValue, itemsOf } from './cbor.ts'
import type { Mode } from './encoding.ts'
import { sign, verify, type KeyPair } from './signature.ts'
import type { Parts } from './seams.ts'

/** Which of the manufacturer's keys verified an image. */
export type FirmwareClass = 'production' | 'other'

/** What a firmware does differently. `id` stands for the digest of its code; it may lie about the mode that it runs in. */
export interface Behaviour {
  readonly id: string
  readonly claims?: Mode
  readonly checkMode?: Parts['checkMode']
  readonly checkType?: Parts['checkType']
}

/** Versions of firmware; the higher is the newer. */
export const VERSION = 2
export const OUTDATED = 1

/** `signer` tells the ROM which key to try; it is not trusted. The version stands in the manifest, which is signed. */
export interface FirmwareImage {
  readonly manifest: Uint8Array
  readonly signer: FirmwareClass
  readonly signature: Uint8Array
  readonly behaviour: Behaviour
}

/** The manufacturer's public keys, in the ROM. */
export type FirmwareKeys = Readonly<Record<FirmwareClass, Uint8Array>>

/** The manufacturer's own firmware: it checks labels and says the mode that it is in. */
export const PLAIN: Behaviour = { id: 'plain' }

/** What running firmware does in place of the manufacturer's. */
export const partsOf = ({ checkMode, checkType }: Behaviour): Partial<Parts> => ({
  ...(checkMode && { checkMode }),
  ...(checkType && { checkType }),
})

const manifestOf = ({ id }: Behaviour, version: number): Uint8Array => encodeValue(['cloudhsm-firmware', id, version])

export const signFirmware = (
  key: KeyPair,
  signer: FirmwareClass,
  behaviour: Behaviour,
  version = VERSION,
): FirmwareImage => {
  const manifest = manifestOf(behaviour, version)
  return { manifest, signer, signature: sign(key, manifest), behaviour }
}

/** The class of the key that verifies an image, or null. §hardware.firmware */
export const classifyFirmware = (image: FirmwareImage, keys: FirmwareKeys): FirmwareClass | null => {
  const [, id] = itemsOf(decodeValue(image.manifest), 3) ?? []
  return id === image.behaviour.id && verify(keys[image.signer], image.manifest, image.signature) ? image.signer : null
}

/** The version that an image was signed with; 0 of what is no manifest. */
export const versionOf = ({ manifest }: FirmwareImage): number => {
  const [, , version] = itemsOf(decodeValue(manifest), 3) ?? []
  return typeof version === 'number' ? version : 0
}

/** §hardware.boot */
export const modeOf = (firmware: FirmwareClass): Mode => (firmware === 'production' ? 'FIPS' : 'NON_FIPS')
