/** All slots of the benchmark network as one context, and every event that there is: what one XState machine is given of it. */
import type { Size } from '../network/index.ts'

export type Mode = 'FIPS' | 'NON_FIPS'

export interface Slot<Name extends string> {
  readonly is: Name
  readonly version: number
  /** Where the contents come from; null where there are none. */
  readonly mode: Mode | null
}
export type Hsm = Slot<'absent' | 'provisioning' | 'active' | 'failed'>
export type Backup = Slot<'empty' | 'creating' | 'ready' | 'deleted'>

export interface Slots {
  readonly mode: Mode
  /** The greatest version. */
  readonly most: number
  readonly hsms: readonly Hsm[]
  readonly backups: readonly Backup[]
}

const ON_HSM = ['createHsm', 'activate', 'fail', 'deleteFailed'] as const
const ON_BACKUP = ['finish', 'deleteBackup', 'purge'] as const
const ON_BOTH = ['deleteHsm', 'startBackup', 'restore'] as const

interface OnHsm {
  readonly type: (typeof ON_HSM)[number]
  readonly h: number
}
interface OnBackup {
  readonly type: (typeof ON_BACKUP)[number]
  readonly b: number
}
interface OnBoth {
  readonly type: (typeof ON_BOTH)[number]
  readonly h: number
  readonly b: number
}
interface OnCluster {
  readonly type: 'recreate' | 'writeKey'
}
/** The mode is chosen in a first step. */
interface Choose {
  readonly type: 'choose'
  readonly mode: Mode
}
export type SlotsEvent = Choose | OnHsm | OnBackup | OnBoth | OnCluster

export const vacant = <Name extends string>(is: Name): Slot<Name> => ({ is, version: 0, mode: null })

export const vacantSlots = ({ hsms, backups, versions }: Size): Slots => ({
  mode: 'FIPS',
  most: versions,
  hsms: Array.from({ length: hsms }, () => vacant('absent')),
  backups: Array.from({ length: backups }, () => vacant('empty')),
})

export const eventsOf = ({ hsms, backups }: Size): readonly SlotsEvent[] => {
  const [hs, bs] = [[...Array(hsms).keys()], [...Array(backups).keys()]]
  return [
    { type: 'choose', mode: 'FIPS' },
    { type: 'choose', mode: 'NON_FIPS' },
    ...ON_HSM.flatMap(type => hs.map(h => ({ type, h }))),
    ...ON_BACKUP.flatMap(type => bs.map(b => ({ type, b }))),
    ...ON_BOTH.flatMap(type => hs.flatMap(h => bs.map(b => ({ type, h, b })))),
    { type: 'recreate' },
    { type: 'writeKey' },
  ]
}

const CODE = { absent: 0, provisioning: 1, active: 2, failed: 3, empty: 0, creating: 1, ready: 2, deleted: 3 }
const codeOf = (mode: Mode | null): number => (mode === null ? 0 : mode === 'FIPS' ? 1 : 2)

/** One text for the slots, and one only: a state of the machine in short. */
export const slotsText = ({ mode, hsms, backups }: Slots): string => {
  let text = `${codeOf(mode)}`
  for (const slot of hsms) text += `;${CODE[slot.is]},${slot.version},${codeOf(slot.mode)}`
  for (const slot of backups) text += `;${CODE[slot.is]},${slot.version},${codeOf(slot.mode)}`
  return text
}
