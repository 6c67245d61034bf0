/** Everything in the picture of a backup, in the order of the story: hardware, creation, archive, restore. */
import { hierarchy } from './hierarchy.ts'
import type { Matter, Place, Thing } from './story.ts'
import type { Rectangle } from './canvas.ts'

const thing =
  (place: Place) =>
  (matter: Matter, id: string, title: string, lines: readonly string[], at: Rectangle): Thing => ({
    id,
    place,
    matter,
    title,
    lines,
    at,
  })
const before = thing('before')
const creation = thing('creation')
const archive = thing('archive')
const restore = thing('restore')

/** Everything in the picture. */
export const things: readonly Thing[] = [
  before(
    'step',
    'manufacture',
    'Manufacturer',
    ['puts MKBK of the line into the unit,', 'signs firmware §hardware.manufacture'],
    [34, 92, 322, 62],
  ),
  before(
    'step',
    'commission',
    'Two officers',
    ['load AKBK, made in an offline HSM,', 'from two shares §hardware.ceremony'],
    [452, 92, 296, 62],
  ),
  before(
    'step',
    'boot',
    'Boot ROM verifies the firmware',
    ['FIPS production key: FIPS; other: NON_FIPS;', 'anything else halts §hardware.firmware'],
    [844, 92, 322, 62],
  ),
  ...hierarchy('creation', 34).things,
  creation('sealed', 'label', 'Header', ['mode, line'], [284, 492, 72, 42]),
  creation('step', 'drbg', 'DRBG', ['SP 800-90A'], [34, 556, 82, 44]),
  creation('secret', 'bek', 'BEK', ['256 bits'], [188, 556, 60, 44]),
  creation('step', 'wrap', 'Key wrap', ['SP 800-38F'], [266, 556, 90, 44]),
  creation('step', 'encrypt', 'AES-256-GCM', ['header as associated data'], [172, 640, 184, 44]),
  creation(
    'secret',
    'contents',
    'All contents of the HSM',
    [
      '§contents.users §contents.keys',
      '§contents.certificates §contents.policies',
      '§contents.quorum §contents.configuration',
    ],
    [34, 708, 322, 78],
  ),
  archive('state', 'creating', 'CREATE_IN_PROGRESS', [], [400, 272, 170, 24]),
  archive('state', 'ready', 'READY', [], [400, 328, 170, 24]),
  archive('state', 'pending', 'PENDING_DELETION', [], [400, 384, 170, 24]),
  archive('state', 'deleted', 'DELETED', [], [400, 440, 170, 24]),
  archive('sealed', 'header', 'header', ['mode, line, snapshot id', 'in clear, authenticated'], [512, 484, 176, 56]),
  archive('sealed', 'wrapped', 'wrapped', ['the BEK under PBK'], [512, 556, 176, 44]),
  archive('sealed', 'sealed', 'nonce, sealed', ['contents under the BEK'], [512, 640, 176, 44]),
  archive(
    'step',
    'attempts',
    'What the service may try, and gets',
    [
      'altered or cut: refused, contents as they were §restore.atomic',
      'relabelled: UNWRAP §key.mode §key.line',
      'on other hardware: UNWRAP §key.mkbk §key.akbk',
      'a whole old backup, replayed: accepted §adversary.rollback',
    ],
    [400, 706, 400, 84],
  ),
  ...hierarchy('restore', 844).things,
  restore(
    'step',
    'labels',
    'Format and labels',
    ['FORMAT §restore.format', 'MODE §restore.mode, TYPE §restore.type'],
    [844, 482, 290, 54],
  ),
  restore('step', 'unwrap', 'Unwrap the BEK', ['UNWRAP §restore.unwrap'], [844, 556, 322, 44]),
  restore(
    'step',
    'open',
    'Open the contents under the BEK',
    ['SEAL §restore.header §restore.seal'],
    [844, 640, 322, 44],
  ),
  restore(
    'secret',
    'restored',
    'All contents of the snapshot',
    ['nothing merged, nothing left of the old', 'any check failed: as they were §restore.atomic'],
    [844, 722, 322, 64],
  ),
]
