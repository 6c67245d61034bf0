/** The sizes of the scopes of a review, pinned. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, reviewer, sweepScope } from '../../model/index.ts'

/** States, transitions and depth for each combination of choices. */
const PINNED: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  'reviewer.lifecycle': [
    [41_270, 420_633, 50],
    [41_270, 474_903, 47],
  ],
  'reviewer.three': [[36_662, 525_002, 27]],
  'reviewer.restore': [[46_187, 132_531, 22]],
  'reviewer.replacement': [[3_928, 23_879, 15]],
  'reviewer.copies': [[433_972, 5_009_549, 26]],
  'reviewer.altered': [[99_738, 328_429, 20]],
  'reviewer.retention': [[101_115, 856_986, 20]],
  'reviewer.zones': [[7_371, 59_282, 15]],
  'reviewer.users': [[129_829, 1_753_460, 25]],
  'reviewer.adversary': [[374_430, 5_624_233, 11]],
  'reviewer.archive': [[1_048_692, 3_303_767, 26]],
  'reviewer.quorum': [[52_489, 807_439, 32]],
  'reviewer.migration': [[53_756, 291_161, 35]],
  'reviewer.return': [[94_984, 388_107, 48]],
  'reviewer.synchronisation': [[3_191, 35_384, 12]],
  'reviewer.crash': [[108_113, 734_496, 29]],
  'reviewer.stopped': [[19_229, 112_486, 28]],
}

describe.each(reviewer)('$name', scope => {
  it('has the states, transitions and depth that are pinned', () => {
    const sizes = scope.choices.map(choices => {
      const { verdict, states, transitions, depth } = sweepScope(cloudHsm({ choices }), scope)
      expect(verdict).toBe('complete')
      return [states, transitions, depth]
    })
    expect(sizes).toEqual(PINNED[scope.name])
  })
})
