/** The sizes of the scopes of a review, pinned. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, reviewer, sweepScope } from '../../model/index.ts'

/** States, transitions and depth for each combination of choices. */
const PINNED: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  'reviewer.lifecycle': [
    [25_214, 229_397, 43],
    [37_748, 404_784, 47],
  ],
  'reviewer.three': [[22_642, 270_672, 26]],
  'reviewer.restore': [[46_187, 132_531, 22]],
  'reviewer.replacement': [[3_264, 11_960, 18]],
  'reviewer.copies': [[433_972, 5_009_549, 26]],
  'reviewer.altered': [[99_738, 328_429, 20]],
  'reviewer.retention': [[101_115, 856_986, 20]],
  'reviewer.zones': [[4_732, 26_263, 17]],
  'reviewer.users': [[146_551, 1_973_560, 27]],
  'reviewer.adversary': [[374_430, 5_624_233, 11]],
  'reviewer.archive': [[1_048_692, 3_303_767, 26]],
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
