/** What several rules in Promela say of slots: guards over the HSMs and the backups, and what happens to one of them. */
export const SLOTS = [1, 2] as const
export type Slot = (typeof SLOTS)[number]

const BACKUP = ['state', 'contents', 'mode', 'type', 'owner', 'awaited', 'grace']

/** A guard that holds when it holds for one of the slots. */
export const some = (guardOf: (slot: Slot) => string): string => `(${SLOTS.map(guardOf).join(' || ')})`
/** An effect on each slot in turn. */
export const each = (effectOf: (slot: Slot) => string): string => SLOTS.map(effectOf).join('; ')
export const when = (guard: string, effect: string): string => `if :: ${guard} -> ${effect} :: else fi`

export const hasHsm = some(h => `hsm${h}_state != 0`)
export const hasActive = some(h => `hsm${h}_state == ACTIVE`)
export const isSealing = some(b => `(backup${b}_state == CREATE_IN_PROGRESS && backup${b}_owner == present)`)
const hasOwn = some(b => `backup${b}_owner == present`)

/** Usable as §5 defines it: the source counts while there is no own backup. No HSM refuses a backup in this scope. */
export const isUsable = (b: Slot): string =>
  `(backup${b}_state == READY && (backup${b}_owner == present || (source == backup${b} && !${hasOwn})))`
export const hasUsable = some(isUsable)

/** The HSM's slot is the first that is free. */
export const isFirstFree = (h: Slot): string => `hsm${h}_state == 0${h === 2 ? ' && hsm1_state != 0' : ''}`
/** The queue is not full. A step that needs a slot that is not there is outside of the scope. */
export const hasFreeBackup = 'backup2_state == 0'

/** A new HSM, which joins or waits to be provisioned. */
export const create = (h: Slot): string =>
  `hsm${h}_state = CREATE_IN_PROGRESS; hsm${h}_contents = initial; hsm${h}_copied = 0`

const sealInto = (b: Slot, h: Slot, awaited: string) =>
  `backup${b}_state = CREATE_IN_PROGRESS; backup${b}_contents = hsm${h}_contents; backup${b}_mode = mode; ` +
  `backup${b}_type = type; backup${b}_owner = present; backup${b}_awaited = ${awaited}`

/** A backup of this HSM is taken, and becomes the youngest; `awaited` is the HSM that goes when it is READY, or 0. */
export const take = (h: Slot, awaited: string): string =>
  `if :: backup1_state == 0 -> ${sealInto(1, h, awaited)} :: else -> ${sealInto(2, h, awaited)} fi`

const clear = (b: Slot) => BACKUP.map(field => `backup${b}_${field} = 0`).join('; ')
const moveDown = BACKUP.map(field => `backup1_${field} = backup2_${field}`).join('; ')

/** A backup is gone, and a younger one moves down. */
export const close = (b: Slot): string =>
  b === 2
    ? `${clear(2)}; ${when('source == backup2', 'source = 0')}`
    : `${moveDown}; ${clear(2)}; ` +
      'if :: source == backup1 -> source = 0 :: source == backup2 -> source = backup1 :: else fi'
