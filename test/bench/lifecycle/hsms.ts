/** The rules of SPEC.md §5 in Promela, for the HSM of one slot. */
import { rule } from './frame.ts'
import {
  SLOTS,
  close,
  create,
  hasActive,
  hasFreeBackup,
  hasHsm,
  hasUsable,
  isFirstFree,
  isSealing,
  isUsable,
  some,
  take,
  when,
  type Slot,
} from './slots.ts'

const hasSource = `(${hasActive} || ${hasUsable} || ${isSealing})`

const joining = (h: Slot, peer: Slot) => {
  const joins = `cluster == ACTIVE && hsm${h}_state == CREATE_IN_PROGRESS`
  const isQuiet = `!${isSealing} && hsm${peer}_state != DELETE_IN_PROGRESS`
  const becomes = (state: string) => `hsm${h}_state = ${state}; hsm${h}_copied = 0`
  return [
    // §hsm.join.wait decides that this does not wait, but all of what follows.
    rule(
      'PeerBackedUp',
      '§hsm.join.snapshot',
      `${joins} && hsm${peer}_state == ACTIVE && hsm${h}_copied == 0 && ${hasFreeBackup}`,
      `${take(peer, '0')}; hsm${h}_copied = copied`,
    ),
    // N11 decides that with a peer no backup need be usable any more.
    rule(
      'HsmRestored',
      'N11 §hsm.join.wait §hsm.join.snapshot §hsm.join.latest §hsm.join.sync',
      `${joins} && ${isQuiet} && hsm${peer}_state == ACTIVE && hsm${h}_copied == copied`,
      `hsm${h}_contents = hsm${peer}_contents; ${becomes('ACTIVE')}`,
    ),
    rule(
      'HsmRestored',
      '§hsm.join.wait §hsm.join.latest §restore.exact',
      `${joins} && ${isQuiet} && hsm${peer}_state != ACTIVE && ${hasUsable}`,
      `if :: ${isUsable(2)} -> hsm${h}_contents = backup2_contents ` +
        `:: else -> hsm${h}_contents = backup1_contents fi; ${becomes('ACTIVE')}`,
    ),
    rule(
      'HsmRestored',
      '§hsm.join.wait §hsm.join.none',
      `${joins} && ${isQuiet} && hsm${peer}_state != ACTIVE && !${hasUsable}`,
      becomes('DEGRADED'),
    ),
  ]
}

/** Every rule about the HSM of a slot. `creating` answers choice.hsm.delete.creating. */
export const hsmRules = (h: Slot, creating: 'refused' | 'accepted'): readonly string[] => [
  rule(
    'CreateHsm',
    '§hsm.create.state §hsm.create.first §hsm.create.initialized §hsm.create.source §hsm.create',
    `${isFirstFree(h)} && ((cluster == UNINITIALIZED && !${hasHsm}) || (cluster == ACTIVE && ${hasSource}))`,
    create(h),
  ),
  rule(
    'HsmProvisioned',
    '§hsm.provision',
    `cluster == UNINITIALIZED && hsm${h}_state == CREATE_IN_PROGRESS`,
    `hsm${h}_state = ACTIVE`,
  ),
  ...joining(h, h === 1 ? 2 : 1),
  rule(
    'FailHsm',
    '§hsm.fail §cluster.csr.lost',
    `hsm${h}_state == ACTIVE`,
    `hsm${h}_state = DEGRADED; hsm${h}_contents = initial; ${when('cluster == UNINITIALIZED', 'csr = lost')}`,
  ),
  rule(
    'FailHsm',
    '§hsm.fail.creating',
    `hsm${h}_state == CREATE_IN_PROGRESS`,
    `hsm${h}_state = DEGRADED; hsm${h}_copied = 0`,
  ),
  rule(
    'FailHsm',
    '§hsm.fail.deleting',
    `hsm${h}_state == DELETE_IN_PROGRESS`,
    `hsm${h}_contents = initial; if ${SLOTS.map(b => `:: backup${b}_awaited == hsm${h} -> ${close(b)}`).join(' ')} :: else fi`,
  ),
  rule('HsmReplaced', '§hsm.replace.first', `cluster == UNINITIALIZED && hsm${h}_state == DEGRADED`, create(h)),
  rule('HsmReplaced', '§hsm.replace', `cluster == ACTIVE && hsm${h}_state == DEGRADED && ${hasSource}`, create(h)),
  rule(
    'DeleteHsm',
    '§hsm.delete.backup §hsm.delete',
    `cluster == ACTIVE && hsm${h}_state == ACTIVE && ${hasFreeBackup}`,
    `${take(h, `hsm${h}`)}; hsm${h}_state = DELETE_IN_PROGRESS`,
  ),
  rule(
    'DeleteHsm',
    '§hsm.delete.unsaved §hsm.delete',
    `(hsm${h}_state == DEGRADED || (hsm${h}_state == ACTIVE && cluster != ACTIVE))`,
    `hsm${h}_state = DELETE_IN_PROGRESS`,
  ),
  ...(creating === 'refused'
    ? []
    : [
        rule(
          'DeleteHsm',
          'choice.hsm.delete.creating §hsm.delete.state',
          `hsm${h}_state == CREATE_IN_PROGRESS`,
          `hsm${h}_state = DELETE_IN_PROGRESS; hsm${h}_copied = 0`,
        ),
      ]),
  rule(
    'HsmDeleted',
    '§hsm.delete.backup §hsm.delete',
    `hsm${h}_state == DELETE_IN_PROGRESS && !${some(b => `backup${b}_awaited == hsm${h}`)}`,
    `hsm${h}_state = 0; hsm${h}_contents = 0`,
  ),
]
