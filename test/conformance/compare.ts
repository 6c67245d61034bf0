/** Comparing what is seen of a target with what should be seen: every difference, as data. */
import { CUSTOMER, HOME } from '../../model/index.ts'
import type { Expected, Expectation } from './expect.ts'
import { GRACE } from './mapping.ts'
import { bind, contentsKey, contentsOfKey, type Memory } from './memory.ts'
import type { ObservedBackup, Observation, Result } from './port.ts'

/** Something that differs. `field` is `there` for a thing that is missing or should not be. */
export interface Difference {
  readonly kind: Expected['kind']
  readonly name: string
  readonly field: string
  readonly expected: string
  readonly actual: string
}

type Seen = ReadonlyMap<string, Expected>

/** Gives the ids that are new to things that have a name and no id yet. `made` is the name of what a step made. */
export const bindNew = (memory: Memory, observed: Observation, made: { kind: string; name: string } | null): void => {
  if (made === null || memory.ids.has(made.name)) return
  const listed =
    made.kind === 'backup'
      ? observed.backups.filter(({ state }) => state !== 'DELETED').map(({ backupId }) => backupId)
      : observed.clusters.flatMap(({ hsms }) => hsms.map(({ hsmId }) => hsmId))
  const fresh = listed.find(id => !memory.names.has(id))
  if (fresh !== undefined) bind(memory, made.name, fresh)
}

/** What is listed, by name, in the form of what is expected. What is DELETED may be listed or not. */
export const listedAs = (
  { names }: Memory,
  { clusters = [], backups = [] }: Pick<Result, 'clusters' | 'backups'>,
): readonly Expected[] => {
  const nameOf = (id: string): string => names.get(id) ?? id
  const live = clusters.filter(({ state }) => state !== 'DELETED')
  return [
    ...live.map(
      ({
        clusterId,
        state,
        mode,
        hsmType,
        region = HOME,
        account = CUSTOMER,
        csr,
        certificate,
        retentionDays,
        zones,
        warning,
        rollbackExpiration,
      }) => ({
        kind: 'cluster' as const,
        name: nameOf(clusterId),
        fields: {
          state,
          mode,
          hsmType,
          region,
          account,
          csr: present(csr),
          certificate: present(certificate),
          retention: String(retentionDays),
          zones: zones.toSorted().join(),
          ...(warning !== undefined && { warning: present(warning) }),
          rollback: present(rollbackExpiration !== undefined),
        },
      }),
    ),
    ...live.flatMap(({ clusterId, region = HOME, account = CUSTOMER, hsmType: own, hsms }) =>
      hsms
        .filter(({ state }) => state !== 'DELETED')
        .map(({ hsmId, state, zone, eniIp, hsmType = own }) => ({
          kind: 'hsm' as const,
          name: nameOf(hsmId),
          fields: { state, cluster: nameOf(clusterId), region, account, zone, eniIp, hsmType },
        })),
    ),
    ...backups
      .filter(({ state }) => state !== 'DELETED')
      .map(backup => ({
        kind: 'backup' as const,
        name: nameOf(backup.backupId),
        fields: backupFields(nameOf, backup),
      })),
  ]
}

/** What a backup shows, as text. */
const backupFields = (nameOf: (id: string) => string, backup: ObservedBackup): Readonly<Record<string, string>> => {
  const { state, clusterId, region = HOME, account = CUSTOMER, consumer = 'none', mode, hsmType } = backup
  return {
    state,
    clusterId: clusterId === undefined ? 'none' : nameOf(clusterId),
    region,
    account,
    consumer,
    ...originOf(nameOf, backup),
    mode,
    hsmType,
    createTimestamp: String(backup.createTimestamp),
    deleteTimestamp: backup.deleteTimestamp === undefined ? 'absent' : String(backup.deleteTimestamp),
    neverExpires: String(backup.neverExpires),
  }
}

type Copied = Pick<ObservedBackup, 'sourceBackup' | 'sourceRegion' | 'sourceCluster' | 'copyTimestamp'>

/** What a copy says that it was made of. */
const originOf = (
  nameOf: (id: string) => string,
  { sourceBackup, sourceRegion, sourceCluster, copyTimestamp }: Copied,
): Readonly<Record<keyof Copied, string>> => ({
  sourceBackup: sourceBackup === undefined ? 'none' : nameOf(sourceBackup),
  sourceRegion: sourceRegion ?? 'none',
  sourceCluster: sourceCluster === undefined ? 'none' : nameOf(sourceCluster),
  copyTimestamp: copyTimestamp === undefined ? 'none' : String(copyTimestamp),
})

const seenOf = (memory: Memory, observed: Observation): Seen => {
  const { state, mode } = observed.bench
  const bench: Expected = { kind: 'bench', name: 'bench', fields: { state, mode } }
  return new Map([...listedAs(memory, observed), bench].map(thing => [thing.name, thing]))
}

const present = (is: boolean): string => (is ? 'present' : 'absent')

/** Fields that a thing keeps for ever. The address of an HSM is that of the HSM in whose place it stands. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  hsm: ['eniIp'],
  backup: ['clusterId', 'createTimestamp', 'sourceBackup', 'sourceCluster', 'copyTimestamp'],
}

/** Differences between an account and what it should be. */
export const differencesOf = (
  memory: Memory,
  { things }: Expectation,
  observed: Observation,
): readonly Difference[] => {
  const seen = seenOf(memory, observed)
  const due = new Set(things.map(({ name }) => name))
  const missing = things.flatMap(thing => {
    const actual = seen.get(thing.name)
    return actual === undefined
      ? [
          {
            kind: thing.kind,
            name: thing.name,
            field: 'there',
            expected: thing.fields['state'] ?? '',
            actual: 'absent',
          },
        ]
      : [...fieldsOf(memory, thing, actual), ...changes(memory, actual)]
  })
  const extra = [...seen.values()].flatMap(({ kind, name, fields }) =>
    due.has(name) ? [] : [{ kind, name, field: 'there', expected: 'absent', actual: fields['state'] ?? '' }],
  )
  return [...missing, ...extra]
}

const fieldsOf = (memory: Memory, thing: Expected, actual: Expected): readonly Difference[] =>
  Object.entries(thing.fields).flatMap(([field, value]) => {
    const seen = actual.fields[field] ?? 'absent'
    const expected = field === 'deleteTimestamp' && value === 'present' ? deletionOf(memory, actual) : value
    return expected === seen ? [] : [{ kind: thing.kind, name: thing.name, field, expected, actual: seen }]
  })

/** Seven days after it was deleted, on the target's clock, which the backup's own CreateTimestamp tells. */
const deletionOf = ({ taken, deleted }: Memory, { name, fields }: Expected): string =>
  String(Number(fields['createTimestamp']) + (deleted.get(name) ?? 0) - (taken.get(name) ?? 0) + GRACE)

const changes = ({ fixed }: Memory, { kind, name, fields }: Expected): readonly Difference[] =>
  (FIXED[kind] ?? []).flatMap(field => {
    const at = `${name} ${field}`
    const actual = fields[field] ?? ''
    const expected = fixed.get(at) ?? actual
    fixed.set(at, expected)
    return expected === actual && actual !== '' ? [] : [{ kind, name, field, expected: expected || 'some', actual }]
  })

/** The digest of the bench's contents, against those seen before. */
export const benchDifference = (
  memory: Memory,
  { bench }: Expectation,
  { bench: { digest } }: Observation,
): { readonly difference: Difference; readonly other: ReturnType<typeof contentsOfKey> | null } | null => {
  const key = bench === null ? '' : contentsKey(bench)
  const none = key === '' || /^[0,]+$/.test(key)
  const about = { kind: 'bench', name: 'bench', field: 'contents' } as const
  if (none || digest === '') {
    const expected = none ? 'none' : 'some'
    const actual = digest === '' ? 'none' : 'some'
    return expected === actual ? null : { difference: { ...about, expected, actual }, other: null }
  }
  const contradiction = memory.digests.learn(key, digest)
  if (contradiction === null) return null
  return contradiction.kind === 'another value'
    ? { difference: { ...about, expected: `digest ${contradiction.value}`, actual: `digest ${digest}` }, other: null }
    : {
        difference: { ...about, expected: 'a digest of its own', actual: 'the digest of other contents' },
        other: contentsOfKey(contradiction.key),
      }
}
