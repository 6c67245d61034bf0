/** Hardware: made, commissioned under two-person control, booted, given backups. */
import { EMPTY } from '../model/index.ts'
import { codeOf, sameContents } from './facts.ts'
import { refusal, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

const unitBefore = ({ before: { hardware } }: Pick<StepReads, 'before'>) => hardware[0]
const unitAfter = ({ after: { hardware } }: Pick<StepReads, 'after'>) => hardware[0]

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
    says: 'Hardware boots in the mode of the key that verified its firmware: FIPS for the FIPS production key, else NON_FIPS.',
    rules: ['Boot'],
    reads: ['hardware', 'outcome'],
    when: boot => unitBefore(boot)?.value !== 'vacant' && boot.input.firmware !== 'forged',
    holds: boot => {
      const { value, context } = unitAfter(boot) ?? {}
      const isOn = boot.outcome.kind === 'accepted' && value === 'OPERATIONAL'
      return isOn && context?.mode === (boot.input.firmware === 'fips' ? 'FIPS' : 'NON_FIPS')
    },
  }),
  step({
    id: '§hardware.zeroise',
    says: 'Hardware that boots in another mode than before has no contents afterwards; in the same mode it keeps them.',
    rules: ['Boot'],
    reads: ['hardware', 'outcome'],
    when: boot => boot.outcome.kind === 'accepted' && /^(OPERATIONAL|HALTED)$/.test(unitBefore(boot)?.value ?? ''),
    holds: boot => {
      const [old, now] = [unitBefore(boot)?.context, unitAfter(boot)?.context]
      if (old === undefined || now === undefined) return false
      return sameContents(now.contents, now.mode === old.mode ? old.contents : EMPTY)
    },
  }),
  step({
    id: '§hardware.firmware',
    says: 'Firmware that no key of the manufacturer signed halts the hardware at boot with FIRMWARE.',
    rules: ['Boot'],
    reads: ['hardware', 'outcome'],
    when: boot => unitBefore(boot)?.value !== 'vacant' && boot.input.firmware === 'forged',
    holds: boot => codeOf(boot) === 'FIRMWARE' && unitAfter(boot)?.value === 'HALTED',
  }),
  refusal({
    id: '§hardware.operational',
    says: 'A restore on hardware that is not booted is refused.',
    rules: ['RestoreOnto'],
    reads: ['backup', 'hardware'],
    code: 'NOT_OPERATIONAL',
    when: ({ before, input }) =>
      before.backup[input.backup]?.value === 'READY' && /^(POWERED_OFF|HALTED)$/.test(before.hardware[0]?.value ?? ''),
  }),
]
