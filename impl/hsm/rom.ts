/**
 * The immutable boot ROM: it verifies the firmware and its version, tests the algorithms, establishes the mode, derives the wrapping
 * keys and locks the root keys.
 */
import { clean } from '@noble/ciphers/utils.js'
import { FORMAT_VERSION, type Line, type Mode } from './encoding.ts'
import { versionOf, type FirmwareImage, type FirmwareKeys } from './firmware.ts'
import { accepted, refused, type Outcome } from './outcome.ts'
import type { Parts } from './seams.ts'
import type { Algorithm } from './selftest.ts'
import type { KeyWrap } from './wrap.ts'

/** Root keys: the MKBK of each line that is fused in, and AKBK once commissioned. Only `boot` reads them. §hardware.roots */
export interface RootKeys {
  readonly fused: Readonly<Partial<Record<Line, Uint8Array>>>
  readonly akbk: Uint8Array | null
}

/** An independent copy. */
export const copyRoots = ({ fused, akbk }: RootKeys): RootKeys => ({
  fused: {
    ...(fused.hsm1 && { hsm1: fused.hsm1.slice() }),
    ...(fused.hsm2m && { hsm2m: fused.hsm2m.slice() }),
  },
  akbk: akbk?.slice() ?? null,
})

/** Why a start came to nothing, in the order in which it is checked. */
export type StartCode = 'FIRMWARE' | 'ROLLBACK' | 'SELF_TEST'

/** What a start finds: the version of the newest firmware that was started, and the algorithm whose circuits fail this time. */
export interface Circumstances {
  readonly started?: number
  readonly disturbed?: Algorithm | null
}

/** What the firmware gets instead of a wrapping key: it may unwrap with it, and wrap if the line is the unit's own. §adversary.signer */
export interface Handle {
  readonly line: Line
  readonly mayWrap: boolean
  readonly pbk: Uint8Array
}

/** What a boot leaves behind: the mode, and one handle for each line whose MKBK is fused in. */
export interface Booted {
  readonly mode: Mode
  readonly version: number
  readonly handles: readonly Handle[]
}

const LINES: readonly Line[] = ['hsm1', 'hsm2m']

export const boot = (
  parts: Parts,
  own: Line,
  roots: RootKeys,
  keys: FirmwareKeys,
  image: FirmwareImage | null,
  { started = 0, disturbed = null }: Circumstances = {},
): Outcome<Booted, StartCode> => {
  if (!parts.passesSelfTests(disturbed, 'before firmware')) return refused('SELF_TEST') // §hardware.selftest
  const firmware = image === null ? null : parts.classifyFirmware(image, keys)
  if (image === null || firmware === null) return refused('FIRMWARE') // §hardware.firmware
  const version = versionOf(image)
  if (!parts.isRecent(version, started)) return refused('ROLLBACK') // §hardware.rollback
  if (!parts.passesSelfTests(disturbed, 'before keys')) return refused('SELF_TEST') // §hardware.selftest
  const mode = parts.modeOf(firmware) // §hardware.boot
  const handles = LINES.flatMap(line => {
    const mkbk = roots.fused[line]
    if (mkbk === undefined) return []
    // §key.mkbk §key.akbk §key.mode §key.line §invariant.mode §invariant.hardware
    const source = { fused: roots.fused, mkbk, akbk: roots.akbk, mode, line, version: FORMAT_VERSION }
    return [{ line, mayWrap: line === own, pbk: parts.derivePbk(parts.pbkInputs(source)) }]
  })
  return accepted({ mode, version, handles })
}

/** The handle that a label selects, if the ROM left one. */
export const handleFor = (handles: readonly Handle[], line: Line): Handle | undefined =>
  handles.find(handle => handle.line === line)

export const unwrapWith = (keyWrap: KeyWrap, handle: Handle, wrapped: Uint8Array): Uint8Array | null =>
  keyWrap.unwrap(handle.pbk, wrapped)

/** Wipes the wrapping keys, at reset. */
export const wipeHandles = (handles: readonly Handle[]): void => clean(...handles.map(handle => handle.pbk))
