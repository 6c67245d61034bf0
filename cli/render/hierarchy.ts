/** The key hierarchy as data: from MKBK and AKBK to the backup wrapping key, the same in every HSM. */
import type { Passage, Place, Thing } from './story.ts'

interface Hierarchy {
  readonly things: readonly Thing[]
  readonly passages: readonly Passage[]
}

/** The hierarchy inside one HSM. `x` is its left edge; it is 322 wide. Ids start with the place. */
export const hierarchy = (place: Place, x: number): Hierarchy => {
  const key = (id: string, title: string, lines: readonly string[], at: Thing['at']): Thing => ({
    id: `${place}.${id}`,
    place,
    matter: 'secret',
    title,
    lines,
    at,
  })
  const pass = (from: string, to: string, passage: Omit<Passage, 'from' | 'to'>): Passage => ({
    from: `${place}.${from}`,
    to: `${place}.${to}`,
    ...passage,
  })
  return {
    things: [
      {
        id: `${place}.rom`,
        place,
        matter: 'step',
        title: 'Boot ROM: root keys are locked until reset',
        lines: [],
        at: [x, 252, 322, 210],
      },
      key('mkbk', 'MKBK', ['of the line'], [x + 12, 276, 84, 38]),
      key('akbk', 'AKBK', ['of the fleet'], [x + 106, 276, 84, 38]),
      { ...key('context', 'Context', ['mode, line, version'], [x + 200, 276, 112, 38]), matter: 'state' },
      key('ki', 'KI', ['HMAC-SHA-256, SP 800-133r2'], [x + 12, 340, 192, 38]),
      key('pbk', 'PBK, the backup wrapping key', ['SP 800-108r1, counter mode, HMAC-SHA-256'], [x + 12, 406, 298, 44]),
    ],
    passages: [
      pass('mkbk', 'ki', {
        path: `${x + 54},314 ${x + 54},340`,
        label: ['§key.mkbk'],
        at: [x + 60, 331],
      }),
      pass('akbk', 'ki', {
        path: `${x + 148},314 ${x + 148},340`,
        label: ['§key.akbk'],
        at: [x + 154, 331],
      }),
      pass('ki', 'pbk', {
        path: `${x + 108},378 ${x + 108},406`,
        label: ['§key.pbk'],
        at: [x + 114, 396],
      }),
      pass('context', 'pbk', {
        path: `${x + 232},314 ${x + 232},406`,
        label: ['§key.mode', '§key.line'],
        at: [x + 240, 356],
      }),
    ],
  }
}
