/** The same alterations by the ten thousand. */
import { describe, expect, it } from 'vitest'
import { bench, tamper } from './put.ts'
import { interfere, line } from './records.ts'

const SEED = 7
/** Milliseconds, on a machine that is busy with other work. */
const PATIENCE = 600_000

describe('twenty thousand cases of each', () => {
  it(
    '§restore.format §restore.mode §restore.type §restore.unwrap §restore.header §restore.seal §restore.splice §restore.atomic every altered backup is refused with the code of the first check that finds it, and the target is as it was',
    () => {
      const { cases, codes, broken } = tamper(bench(), 20_000, SEED)
      expect({ cases, broken }).toEqual({ cases: 20_000, broken: null })
      for (const code of ['FORMAT', 'MODE', 'TYPE', 'UNWRAP', 'SEAL']) expect(codes[code], code).toBeGreaterThan(500)
    },
    PATIENCE,
  )

  it(
    '§channel.sealed every altered, misdirected or replayed record is refused, and the HSM is as it was',
    () => {
      const { cases, codes, broken } = interfere(line(), 20_000, SEED)
      expect({ cases, broken }).toEqual({ cases: 20_000, broken: null })
      for (const end of ['HSM', 'client'])
        for (const what of ['altered', 'replayed'])
          expect(codes[`${end}, ${what}`], `${end}, ${what}`).toBeGreaterThan(500)
    },
    PATIENCE,
  )
})
