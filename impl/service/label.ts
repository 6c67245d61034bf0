/** The label of a backup as the service reads it: the header alone, which stands in the clear before all that is sealed. */
import { parseHeader } from '../hsm/index.ts'
import type { ShownLabel } from './records.ts'

/** How a backup begins (SPEC.md §8): an array of four, the first a byte string whose length stands in one byte. */
const PREFIX = [0x84, 0x58]

/** Null where there is no header to read; what comes after the header is not looked at. */
export const readLabel = (backup: Uint8Array): ShownLabel | null => {
  const length = backup[PREFIX.length]
  if (length === undefined || PREFIX.some((byte, at) => backup[at] !== byte)) return null
  const start = PREFIX.length + 1
  const label = parseHeader(backup.subarray(start, start + length))
  return label === null ? null : { mode: label.mode, hsmType: `${label.line}.medium` }
}
