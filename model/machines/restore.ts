/** The checks that any hardware makes of a backup, in the order in which it makes them; asked by guards of HSM and hardware. */
import type { Contents } from './contents.ts'
import type { HsmType, Mode } from './words.ts'

/** A part of a backup: its header, the wrapped BEK, the encrypted contents with their nonce. */
export type BackupPart = 'header' | 'wrapped' | 'sealed'

/**
 * What has been done to a backup in the archive: nothing, one part altered, cut short, one field of its label rewritten, one part
 * replaced by that of another backup, or the whole by an older one.
 */
export type Condition = 'intact' | BackupPart | 'truncated' | 'mode' | 'type' | `spliced ${BackupPart}` | 'replayed'

/** What a backup says of itself. */
export interface Label {
  readonly mode: Mode
  readonly hsmType: HsmType
}

/** A backup as it is handed to hardware. */
export interface Sealed {
  readonly label: Label
  /** Mode and type of the HSM that wrapped the BEK that is in it. */
  readonly wrappedBy: Label
  readonly condition: Condition
  readonly contents: Contents
}

/** A backup with what it is handed to: the mode that the boot ROM established, and the line as a type. */
export interface Attempt {
  readonly sealed: Sealed
  readonly own: Label
}

/** Names of the guards, true where the check is passed. */
export const checks = {
  isWellFormed: ({ sealed }: Attempt) => sealed.condition !== 'truncated',
  isLabelledOwnMode: ({ sealed, own }: Attempt) => sealed.label.mode === own.mode,
  isLabelledKnownType: ({ sealed, own }: Attempt) =>
    !(own.hsmType === 'hsm1.medium' && sealed.label.hsmType === 'hsm2m.medium'),
  hasIntactWrap: ({ sealed }: Attempt) => sealed.condition !== 'wrapped',
  isKeyOfOwnMode: ({ sealed }: Attempt) => sealed.wrappedBy.mode === sealed.label.mode,
  isKeyOfOwnLine: ({ sealed }: Attempt) => sealed.wrappedBy.hsmType === sealed.label.hsmType,
  hasIntactHeader: ({ sealed }: Attempt) => !/^(spliced )?header$/.test(sealed.condition),
  hasIntactBody: ({ sealed }: Attempt) => !/^(spliced )?sealed$/.test(sealed.condition),
  hasOwnBek: ({ sealed }: Attempt) => sealed.condition !== 'spliced wrapped',
} as const
