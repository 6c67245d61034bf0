/** What a target has to answer to any bytes, found from the genuine backups and SPEC.md §6.4 alone. */
import type { Line, Mode } from '../../../impl/hsm/index.ts'
import { FIELDS, readBackup, same, type Fields } from './form.ts'

/** A backup that an HSM made, with what it was made in. */
export interface Genuine {
  readonly mode: Mode
  readonly line: Line
  readonly bytes: Uint8Array
}

/** What the target is. */
export interface Reader {
  readonly mode: Mode
  readonly line: Line
}

export type Expected = 'FORMAT' | 'MODE' | 'TYPE' | 'UNWRAP' | 'SEAL' | 'opens'

const fieldsOf = ({ bytes }: Genuine): Fields => {
  const read = readBackup(bytes)
  if (read === null) throw new Error('expected a backup')
  return read.fields
}

/**
 * In the order of §6.4. A wrapped BEK that no HSM of the mode and line made unwraps with a probability of 2^-64, and what was not
 * sealed under its BEK opens with one of 2^-128: neither is expected.
 */
export const expectedOf = (genuine: readonly Genuine[], target: Reader, bytes: Uint8Array): Expected => {
  const read = readBackup(bytes)
  if (read === null) return 'FORMAT'
  const { fields, label } = read
  if (label.mode !== target.mode) return 'MODE'
  if (label.line === 'hsm2m' && target.line === 'hsm1') return 'TYPE'
  const origin = genuine.find(
    one => one.mode === target.mode && one.line === label.line && same(fieldsOf(one).wrapped, fields.wrapped),
  )
  if (origin === undefined) return 'UNWRAP'
  return FIELDS.every(field => same(fieldsOf(origin)[field], fields[field])) ? 'opens' : 'SEAL'
}
