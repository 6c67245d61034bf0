/** The checks that any hardware makes of a backup, in the order in which it makes them; asked by guards of HSM and hardware. */
import type { Contents } from './contents.ts'
import type { HsmType, Mode } from './words.ts'

/** What has been done to a backup in the archive: nothing, one part altered, cut short, or one field of its label rewritten. */
export type Condition = 'intact' | 'header' | 'wrapped' | 'sealed' | 'truncated' | 'mode' | 'type'

/** What a backup says of itself. */
export interface Label {
  readonly mode: Mode
  readonly hsmType: HsmType
}

/** A backup as it is handed to hardware. */
export interface Sealed {
  readonly label: Label
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
  isKeyOfOwnMode: ({ sealed }: Attempt) => sealed.condition !== 'mode',
  isKeyOfOwnLine: ({ sealed }: Attempt) => sealed.condition !== 'type',
  hasIntactHeader: ({ sealed }: Attempt) => sealed.condition !== 'header',
  hasIntactBody: ({ sealed }: Attempt) => sealed.condition !== 'sealed',
} as const
