/** The form of a backup: a header and three byte strings in deterministic CBOR, read strictly. */
import { decodeValue, encodeValue, isBytes, itemsOf } from './cbor.ts'

/** FIPS 140 mode that a boot ROM established. */
export type Mode = 'FIPS' | 'NON_FIPS'
/** A line of the manufacturer's hardware. */
export type Line = 'hsm1' | 'hsm2m'

/** Versions before it stay readable. §format.frozen */
export const FORMAT_VERSION = 1
export const WRAPPED_LENGTH = 40
export const NONCE_LENGTH = 12
export const TAG_LENGTH = 16
export const SNAPSHOT_LENGTH = 16
const MAGIC = 'cloudhsm-backup'

/** What a backup says about itself, in the clear. */
export interface Label {
  readonly mode: Mode
  readonly line: Line
  /** Identifier of the snapshot, 16 bytes. */
  readonly snapshot: Uint8Array
}

/** A backup taken apart. `header` is the encoded label, byte for byte. */
export interface Envelope {
  readonly header: Uint8Array
  readonly wrapped: Uint8Array
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

/** The two directions of the encoding; `parse` answers null for anything that `encode` would not have written. */
export interface BackupFormat {
  encode(envelope: Envelope): Uint8Array
  parse(bytes: Uint8Array): (Envelope & Label) | null
}

const isMode = (value: unknown): value is Mode => value === 'FIPS' || value === 'NON_FIPS'
const isLine = (value: unknown): value is Line => value === 'hsm1' || value === 'hsm2m'

export const encodeHeader = (label: Label): Uint8Array =>
  encodeValue([MAGIC, FORMAT_VERSION, label.mode, label.line, label.snapshot])

export const parseHeader = (header: Uint8Array): Label | null => {
  const [magic, version, mode, line, snapshot] = itemsOf(decodeValue(header), 5) ?? []
  return magic === MAGIC &&
    version === FORMAT_VERSION &&
    isMode(mode) &&
    isLine(line) &&
    isBytes(snapshot, SNAPSHOT_LENGTH)
    ? { mode, line, snapshot }
    : null
}

export const backupFormat: BackupFormat = {
  // §format.backup
  encode: ({ header, wrapped, nonce, sealed }) => encodeValue([header, wrapped, nonce, sealed]),
  // §restore.format
  parse: bytes => {
    const [header, wrapped, nonce, sealed] = itemsOf(decodeValue(bytes), 4) ?? []
    if (!isBytes(header) || !isBytes(wrapped, WRAPPED_LENGTH) || !isBytes(nonce, NONCE_LENGTH)) return null
    if (!isBytes(sealed) || sealed.length < TAG_LENGTH) return null
    const label = parseHeader(header)
    return label === null ? null : { ...label, header, wrapped, nonce, sealed }
  },
}

export const encodeBackup = backupFormat.encode
export const parseBackup = backupFormat.parse
