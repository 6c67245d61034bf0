/** Restores: what hardware checks of a backup, in order, and what a restore leaves. */
import { ATTEMPT, RESTORES, attemptOf, type Attempt } from './attempt.ts'
import { sameContents } from './facts.ts'
import { step, type Property, type StepProperty } from './property.ts'

const isComplete = ({ backup }: Attempt) => backup.condition !== 'truncated'
/** It is a whole backup, its own or an older one. */
const isUnaltered = ({ backup }: Attempt) => /^(intact|replayed)$/.test(backup.condition)
const isOwnMode = ({ label, onto }: Attempt) => label.mode === onto.own.mode
const isKnownLine = ({ label, onto }: Attempt) =>
  !(onto.own.hsmType === 'hsm1.medium' && label.hsmType === 'hsm2m.medium')
/** Nothing that can be read without a key is wrong. */
const isPresentable = (attempt: Attempt) => isComplete(attempt) && isOwnMode(attempt) && isKnownLine(attempt)
const hasRootKeys = ({ onto }: Attempt) => onto.genuine && onto.commissioned
/** What was wrapped in it unwraps. */
const isUnwrapped = (attempt: Attempt) =>
  isPresentable(attempt) &&
  hasRootKeys(attempt) &&
  attempt.label.mode === attempt.wrappedBy.mode &&
  attempt.label.hsmType === attempt.wrappedBy.hsmType

/** A check of the hardware: a backup that fails it is not restored, and the code says which check it was. */
const refuses = (id: string, says: string, code: string, when: (attempt: Attempt) => boolean): StepProperty =>
  step({
    id,
    says,
    rules: RESTORES,
    skips: 'disabled',
    reads: ATTEMPT,
    when: tried => {
      const attempt = attemptOf(tried)
      return attempt !== null && when(attempt)
    },
    holds: tried => attemptOf(tried)?.code === code,
  })

export const restore: readonly Property[] = [
  refuses(
    '§restore.format',
    'A backup that was cut short is refused with FORMAT.',
    'FORMAT',
    attempt => !isComplete(attempt),
  ),
  refuses(
    '§restore.mode',
    'A backup labelled with another mode than the hardware is in is refused with MODE.',
    'MODE',
    attempt => isComplete(attempt) && !isOwnMode(attempt),
  ),
  refuses(
    '§restore.type',
    'A backup labelled with a newer line than the hardware is of is refused with TYPE.',
    'TYPE',
    attempt => isComplete(attempt) && isOwnMode(attempt) && !isKnownLine(attempt),
  ),
  refuses(
    '§restore.unwrap',
    'A backup whose wrapped BEK was altered is refused with UNWRAP.',
    'UNWRAP',
    attempt => isPresentable(attempt) && attempt.backup.condition === 'wrapped',
  ),
  refuses(
    '§restore.header',
    "A backup whose header was altered, or is another's, in what no earlier check looks at, is refused with SEAL.",
    'SEAL',
    attempt => isUnwrapped(attempt) && /^(spliced )?header$/.test(attempt.backup.condition),
  ),
  refuses(
    '§restore.seal',
    "A backup whose encrypted contents were altered, or are another's, is refused with SEAL.",
    'SEAL',
    attempt => isUnwrapped(attempt) && /^(spliced )?sealed$/.test(attempt.backup.condition),
  ),
  refuses(
    '§restore.splice',
    "A backup whose wrapped BEK is another's, and unwraps, is refused with SEAL.",
    'SEAL',
    attempt => isUnwrapped(attempt) && attempt.backup.condition === 'spliced wrapped',
  ),
  step({
    id: '§restore.atomic',
    says: 'A restore that is refused leaves the contents of the hardware as they were.',
    rules: RESTORES,
    skips: 'disabled',
    reads: ATTEMPT,
    when: tried => attemptOf(tried)?.accepted === false,
    holds: tried => {
      const attempt = attemptOf(tried)
      return sameContents(attempt?.onto.was, attempt?.became)
    },
  }),
  step({
    id: '§restore.exact',
    says: 'An unaltered backup is opened by genuine and commissioned hardware of its mode and line, and replaces all contents.',
    rules: RESTORES,
    skips: 'disabled',
    reads: ATTEMPT,
    when: tried => {
      const attempt = attemptOf(tried)
      const isOpened = attempt !== null && isUnaltered(attempt) && isPresentable(attempt) && hasRootKeys(attempt)
      return isOpened && !attempt.onto.hasPeer
    },
    holds: tried => {
      const attempt = attemptOf(tried)
      return attempt?.accepted === true && sameContents(attempt.became, attempt.backup.contents)
    },
  }),
]

/** What only the right keys open: the label is in order, and the keys are not there. */
export const keys: readonly Property[] = [
  refuses(
    '§key.mkbk',
    "Hardware that is not the manufacturer's, and so holds no MKBK, refuses every backup with UNWRAP.",
    'UNWRAP',
    attempt => isPresentable(attempt) && !attempt.onto.genuine,
  ),
  refuses(
    '§key.akbk',
    'Hardware that was not commissioned, and so holds no AKBK, refuses every backup with UNWRAP.',
    'UNWRAP',
    attempt => isPresentable(attempt) && !attempt.onto.commissioned,
  ),
  refuses(
    '§key.mode',
    'A backup of which the BEK was wrapped in another mode than the label says is refused with UNWRAP.',
    'UNWRAP',
    attempt => isPresentable(attempt) && attempt.label.mode !== attempt.wrappedBy.mode,
  ),
  refuses(
    '§key.line',
    'A backup of which the BEK was wrapped by another line than the label says is refused with UNWRAP.',
    'UNWRAP',
    attempt => isPresentable(attempt) && attempt.label.hsmType !== attempt.wrappedBy.hsmType,
  ),
]
