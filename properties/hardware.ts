/** Hardware: made, commissioned under two-person control, booted, given backups. */
import { EMPTY } from '../model/index.ts'
import { codeOf, sameContents } from './facts.ts'
import { refusal, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

const unitBefore = ({ before: { hardware } }: Pick<StepReads, 'before'>) => hardware[0]
const unitAfter = ({ after: { hardware } }: Pick<StepReads, 'after'>) => hardware[0]

const STARTS = ['Boot', 'Restart'] as const
type Start = StepReads<(typeof STARTS)[number] | 'FailSelfTest'>
/** The firmware that a start verifies; null where there is none. */
const imageOf = (start: Start) =>
  start.input.rule === 'Boot' ? start.input.firmware : (unitBefore(start)?.context.installed ?? null)
const isWhole = (step: StepReads) => /^(POWERED_OFF|OPERATIONAL|HALTED|ERROR)$/.test(unitBefore(step)?.value ?? '')
const isForged = (start: Start) => [null, 'forged'].includes(imageOf(start))
/** It has started the newer version, and is to start the older. */
const isOutdated = (start: Start) => imageOf(start) === 'outdated' && unitBefore(start)?.context.started === 2

/** It stands in that state, with mode and contents as they were. */
const isStopped = (start: StepReads, state: string): boolean => {
  const [was, is] = [unitBefore(start), unitAfter(start)]
  return is?.value === state && is.context.mode === was?.context.mode && isKept(start)
}
const isKept = (step: StepReads) => sameContents(unitAfter(step)?.context.contents, unitBefore(step)?.context.contents)

export const hardware: readonly Property[] = [
  step({
    id: '§hardware.manufacture',
    says: 'Hardware leaves its manufacturer without AKBK, without firmware and without contents.',
    rules: ['Manufacture'],
    reads: ['hardware', 'outcome'],
    when: () => true,
    holds: making => {
      const { value, context } = unitAfter(making) ?? {}
      const isBare = context?.commissioned === false && context.mode === null && sameContents(context.contents, EMPTY)
      const isAsked = context?.genuine === making.input.genuine && context.line === making.input.line
      return making.outcome.kind === 'accepted' && value === 'POWERED_OFF' && isBare && isAsked
    },
  }),
  step({
    id: '§hardware.ceremony',
    says: 'Two officers load AKBK; one officer, or the same one twice, is refused with TWO_PERSON and loads nothing.',
    rules: ['Commission'],
    reads: ['hardware', 'outcome', 'unchanged'],
    when: ceremony => unitBefore(ceremony)?.value === 'POWERED_OFF',
    holds: ceremony =>
      ceremony.input.officers === 'two'
        ? ceremony.outcome.kind === 'accepted' && unitAfter(ceremony)?.context.commissioned === true
        : codeOf(ceremony) === 'TWO_PERSON' && ceremony.unchanged,
  }),
  step({
    id: '§hardware.boot',
    says: 'Hardware boots in the mode of the key that verified its firmware, FIPS for the FIPS production key, else NON_FIPS, and knows what it started.',
    rules: STARTS,
    reads: ['hardware', 'outcome'],
    when: boot => isWhole(boot) && !isForged(boot) && !isOutdated(boot),
    holds: boot => {
      const { value, context } = unitAfter(boot) ?? {}
      const isOn = boot.outcome.kind === 'accepted' && value === 'OPERATIONAL'
      const isNoted = context?.installed === imageOf(boot) && context.started === (imageOf(boot) === 'outdated' ? 1 : 2)
      return isOn && isNoted && context.mode === (imageOf(boot) === 'other' ? 'NON_FIPS' : 'FIPS')
    },
  }),
  step({
    id: '§hardware.zeroise',
    says: 'Hardware that boots in another mode than before has no contents afterwards; in the same mode it keeps them.',
    rules: STARTS,
    reads: ['hardware', 'outcome'],
    when: boot => boot.outcome.kind === 'accepted' && unitBefore(boot)?.value !== 'POWERED_OFF',
    holds: boot => {
      const [old, now] = [unitBefore(boot)?.context, unitAfter(boot)?.context]
      if (old === undefined || now === undefined) return false
      return sameContents(now.contents, now.mode === old.mode ? old.contents : EMPTY)
    },
  }),
  step({
    id: '§hardware.firmware',
    says: 'Firmware that no key of the manufacturer signed halts the hardware at boot with FIRMWARE, and nothing in it is lost.',
    rules: STARTS,
    reads: ['hardware', 'outcome'],
    when: boot => isWhole(boot) && isForged(boot),
    holds: boot => {
      const isGiven = unitAfter(boot)?.context.installed === imageOf(boot)
      return codeOf(boot) === 'FIRMWARE' && isStopped(boot, 'HALTED') && isGiven
    },
  }),
  step({
    id: '§hardware.rollback',
    says: 'Firmware older than what the hardware has started before halts it at boot with ROLLBACK, and nothing in it is lost.',
    rules: STARTS,
    reads: ['hardware', 'outcome'],
    when: boot => isWhole(boot) && isOutdated(boot),
    holds: boot => codeOf(boot) === 'ROLLBACK' && isStopped(boot, 'HALTED'),
  }),
  refusal({
    id: '§hardware.operational',
    says: 'A restore on hardware that is not booted is refused.',
    rules: ['RestoreOnto'],
    reads: ['backup', 'hardware'],
    code: 'NOT_OPERATIONAL',
    when: ({ before, input }) =>
      before.backup[input.backup]?.value === 'READY' &&
      /^(POWERED_OFF|HALTED|ERROR)$/.test(before.hardware[0]?.value ?? ''),
  }),
  step({
    id: '§hardware.update',
    says: 'Other firmware changes nothing in the hardware but what it will start from.',
    rules: ['UpdateFirmware'],
    reads: ['hardware', 'outcome'],
    when: isWhole,
    holds: update => {
      const isGiven = unitAfter(update)?.context.installed === update.input.firmware
      return update.outcome.kind === 'accepted' && isGiven && isStopped(update, unitBefore(update)?.value ?? '')
    },
  }),
  step({
    id: '§hardware.selftest',
    says: 'Hardware that fails a self-test when it starts stops in ERROR with SELF_TEST, and nothing in it is lost; firmware that halts it comes to no self-test.',
    rules: ['FailSelfTest'],
    reads: ['hardware', 'outcome'],
    when: isWhole,
    holds: start =>
      isForged(start) || isOutdated(start)
        ? start.outcome.kind === 'disabled'
        : codeOf(start) === 'SELF_TEST' && isStopped(start, 'ERROR'),
  }),
  step({
    id: '§hardware.tamper',
    says: 'Hardware that is opened has no contents, no root keys and no mode any more.',
    rules: ['Tamper'],
    skips: 'disabled',
    reads: ['hardware', 'outcome'],
    when: () => true,
    holds: opening => {
      const { value, context } = unitAfter(opening) ?? {}
      const isBare = context?.genuine === false && !context.commissioned && context.mode === null
      return value === 'TAMPERED' && isBare && sameContents(context.contents, EMPTY)
    },
  }),
  refusal({
    id: '§hardware.tampered',
    says: 'Hardware that was opened refuses the ceremony, firmware, starts and backups.',
    rules: ['Commission', 'UpdateFirmware', 'Boot', 'Restart', 'RestoreOnto'],
    reads: ['backup', 'hardware'],
    code: 'TAMPERED',
    when: ({ before, input }) =>
      before.hardware[0]?.value === 'TAMPERED' &&
      (input.rule !== 'RestoreOnto' || before.backup[input.backup]?.value === 'READY'),
  }),
]
