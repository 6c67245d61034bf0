/** Everything that passes in the picture of a backup, in the order of the story. */
import type { Point } from './canvas.ts'
import { hierarchy } from './hierarchy.ts'
import type { Passage } from './story.ts'

const pass = (
  from: string,
  to: string,
  path: string,
  label: readonly string[],
  at: Point,
  anchor: 'start' | 'middle' | 'end' = 'start',
): Passage => ({ from, to, path, label, at, anchor })

/** What goes over the boundary of an HSM is level: it comes from sealing, and goes to what checks it. */
export const passages: readonly Passage[] = [
  ...hierarchy('creation', 34).passages,
  ...hierarchy('restore', 844).passages,
  pass('manufacture', 'commission', '356,123 452,123', ['holds MKBK', '§key.mkbk'], [404, 102], 'middle'),
  pass('commission', 'boot', '748,123 844,123', ['holds AKBK', '§key.akbk'], [796, 102], 'middle'),
  pass(
    'boot',
    'creation.rom',
    '910,154 910,188 340,188 340,252',
    ['every HSM of the fleet boots so, in the mode of the key that verified its firmware §hardware.boot'],
    [628, 182],
    'middle',
  ),
  pass('boot', 'restore.rom', '1140,154 1140,252', ['§hardware.boot'], [1132, 194], 'end'),
  pass('creation.pbk', 'wrap', '275,450 275,556', ['§key.wrap'], [269, 512], 'end'),
  pass('drbg', 'bek', '116,578 188,578', ['§backup.bek'], [151, 572], 'middle'),
  pass('bek', 'wrap', '248,578 266,578', ['§backup.wrapped'], [257, 550], 'end'),
  pass('bek', 'encrypt', '218,600 218,640', ['§backup.sealed'], [225, 624]),
  pass('drbg', 'encrypt', '75,600 75,662 172,662', ['nonce', '§backup.bek'], [82, 642]),
  pass('contents', 'encrypt', '264,708 264,684', ['§backup.sealed'], [271, 700]),
  pass('label', 'header', '356,514 512,514', ['§format.backup'], [440, 508], 'middle'),
  pass('wrap', 'wrapped', '356,578 512,578', ['§backup.wrapped'], [440, 572], 'middle'),
  pass('encrypt', 'sealed', '356,662 512,662', ['§backup.sealed'], [440, 656], 'middle'),
  pass(
    'creating',
    'ready',
    '440,296 440,328',
    ['sealed inside the HSM §backup.seal;', 'sealing fails: DELETED §backup.seal.failed'],
    [448, 309],
  ),
  {
    ...pass(
      'ready',
      'pending',
      '440,352 440,384',
      ['DeleteBackup §backup.delete,', 'RestoreBackup §backup.undelete'],
      [448, 365],
    ),
    heads: 'two',
  },
  pass('pending', 'deleted', '440,408 440,440', ['after seven days §backup.purge'], [448, 427]),
  pass('header', 'labels', '688,514 844,514', ['§restore.mode'], [758, 508], 'middle'),
  pass('wrapped', 'unwrap', '688,578 844,578', ['§restore.unwrap'], [758, 572], 'middle'),
  pass('sealed', 'open', '688,662 844,662', ['§restore.seal'], [758, 656], 'middle'),
  pass('restore.pbk', 'unwrap', '1150,450 1150,556', ['§key.wrap'], [1142, 477], 'end'),
  pass('labels', 'unwrap', '900,536 900,556', ['§restore.type'], [908, 550]),
  pass('unwrap', 'open', '900,600 900,640', ['BEK, inside the HSM only §restore.unwrap'], [908, 624]),
  pass('open', 'restored', '900,684 900,722', ['all checks passed §restore.exact'], [908, 707]),
]
