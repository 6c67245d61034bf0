/** Where the service may crash within bounds: before and after each step of each job, of whatever it may be about. */
import type { CrashInput } from './input.ts'
import { EFFECTS, JOBS, MOMENTS } from './machines/steps.ts'
import type { AccountSlots } from './things.ts'

export const crashes = (slots: AccountSlots): readonly CrashInput[] =>
  EFFECTS.flatMap(job => {
    const { of, steps } = JOBS[job]
    return [...Array(slots[of]).keys()].flatMap(slot =>
      steps.flatMap(step =>
        MOMENTS.map(moment => ({ rule: 'Crash', job, [of]: slot, step, moment }) as unknown as CrashInput),
      ),
    )
  })
