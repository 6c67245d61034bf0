/** Crashes in the middle of a migration or a rollback: what customers see while the service is out, and what there is once it is back. */
import { describe, expect, it } from 'vitest'
import type { CrashPoint, Effect } from '../../impl/index.ts'
import {
  account,
  active,
  CO,
  CU,
  clusterState,
  codeOf,
  dueIn,
  dueOf,
  filled,
  fresh,
  hsmsOf,
  initialised,
  inspect,
  joined,
  provisioned,
  settle,
  settleAll,
  tell,
  type Place,
} from './world.ts'

const NEWER = 'hsm2m.medium'
const ORIGINAL = 'hsm1.medium'
const POINTS: readonly CrashPoint[] = (['unit', 'restore', 'record'] as const).flatMap(step => [
  { step, moment: 'before' },
  { step, moment: 'after' },
])

const inUse = () => filled(active(initialised(provisioned(fresh(account(), ORIGINAL)))))
const ask = ({ at, clusterId }: Place, hsmType: typeof ORIGINAL | typeof NEWER) =>
  codeOf(at.service.modifyHsmType({ clusterId, hsmType }))
const typesOf = (place: Place) => hsmsOf(place).map(({ hsmType }) => hsmType)
const crash = ({ at }: Place, effect: Effect, point: CrashPoint) => codeOf(at.service.crash(dueOf(at, effect), point))
const recover = ({ at }: Place) => codeOf(at.service.recover())

/** An HSM that is to be migrated, or is backed up for it. */
const migrating = (isBackedUp: boolean) => {
  const place = inUse()
  ask(place, NEWER)
  if (isBackedUp) for (const effect of ['HsmBackedUp', 'BackupSealed'] as const) settle(place.at, effect)
  return place
}

/** Two HSMs that were migrated and are to go back, with a policy that was set since. */
const returning = () => {
  const place = inUse()
  joined(place)
  ask(place, NEWER)
  settleAll(place.at)
  tell(place, { op: 'SetPolicy', as: CO, value: 8 })
  ask(place, ORIGINAL)
  return place
}

describe('a crash in the middle of a migration', () => {
  it('§job.outage §limited.write leaves customers in limited-write mode', () => {
    const place = migrating(true)
    expect(crash(place, 'HsmMigrated', { step: 'restore', moment: 'after' })).toBe('accepted')
    const use = { op: 'UseKey', as: CU, label: 'key', challenge: new Uint8Array(16) } as const
    const write = { op: 'SetPolicy', as: CO, value: 8 } as const
    expect([codeOf(tell(place, use)), codeOf(tell(place, write))]).toEqual(['accepted', 'LIMITED_WRITE'])
    expect(ask(place, ORIGINAL)).toBe('InternalFailure')
    expect([recover(place), codeOf(tell(place, write))]).toEqual(['accepted', 'LIMITED_WRITE'])
    settleAll(place.at)
    expect([codeOf(tell(place, use)), codeOf(tell(place, write))]).toEqual(['accepted', 'accepted'])
  })
  it('§job.prepare makes one backup, whenever it comes', () => {
    for (const point of (['seal', 'record'] as const).map(step => ({ step, moment: 'after' }) as const)) {
      const place = migrating(false)
      crash(place, 'HsmBackedUp', point)
      expect([recover(place), dueIn(place.at)]).toEqual(['accepted', ['BackupSealed']])
      settle(place.at, 'BackupSealed')
      expect(place.at.service.describeBackups()).toHaveLength(1)
    }
  })
  it('§job.migrate leaves one HSM of the newer type in the place of the old one, whenever it comes', () => {
    for (const point of POINTS) {
      const place = migrating(true)
      const [was] = hsmsOf(place)
      crash(place, 'HsmMigrated', point)
      recover(place)
      const [is] = hsmsOf(place)
      expect([typesOf(place), is?.eniIp, dueIn(place.at)]).toEqual([[NEWER], was?.eniIp, ['ClusterMigrated']])
      expect([inspect(place, is?.hsmId ?? '').policy, place.at.service.copyOf(was?.hsmId ?? '')]).toEqual([7, null])
    }
  })
  it('§job.migrate goes back when the new HSM refuses the backup, whenever it comes', () => {
    for (const point of POINTS) {
      const place = migrating(true)
      const { archive, describeBackups } = place.at.service
      const backupId = describeBackups()[0]?.backupId ?? ''
      archive.write(backupId, archive.read(backupId)?.subarray(0, 40) ?? new Uint8Array(0))
      const isWritten = point.step === 'record' && point.moment === 'after'
      const codes = [crash(place, 'HsmMigrated', point), recover(place)]
      expect(codes).toEqual(isWritten ? ['VALIDATION', 'accepted'] : ['accepted', 'VALIDATION'])
      expect([clusterState(place), typesOf(place)]).toEqual(['ROLLBACK_IN_PROGRESS', [ORIGINAL]])
    }
  })
  it('§job.abandon gives the migration up when the HSM fails', () => {
    const place = migrating(true)
    crash(place, 'HsmMigrated', { step: 'restore', moment: 'after' })
    place.at.service.failHsm(place.hsmId)
    expect([recover(place), typesOf(place), dueIn(place.at)]).toEqual(['accepted', [ORIGINAL], ['ClusterMigrated']])
  })
})

describe('a crash in the middle of a rollback', () => {
  it('§job.rollback brings back all HSMs, whenever it comes and however often', () => {
    for (const point of POINTS) {
      const place = returning()
      const due = dueOf(place.at, 'ClusterRolledBack')
      place.at.service.crash(due, point)
      if (point.step !== 'record') place.at.service.crash(due, { step: 'restore', moment: 'after' })
      recover(place)
      expect([clusterState(place), typesOf(place)]).toEqual(['ACTIVE', [ORIGINAL, ORIGINAL]])
      expect(hsmsOf(place).map(({ hsmId }) => inspect(place, hsmId).policy)).toEqual([7, 7])
    }
  })
})
