/** What is compared after a step: nothing of a target that is right in its own order, and everything of one that is wrong. */
import { describe, expect, it } from 'vitest'
import { cloudHsm, smoke } from '../../model/index.ts'
import { defaultParts } from '../../impl/index.ts'
import {
  conform,
  referenceTarget,
  survey,
  type Answer,
  type Observation,
  type Target,
  type TargetFactory,
} from '../conformance/index.ts'

const planned = survey(cloudHsm(), smoke)
const put = (target: TargetFactory, runs = 200) =>
  conform({ target, scopes: smoke, seed: 1, runs, surveyOf: () => planned, search: 'first' })
const withChange =
  (change: (target: Target) => Partial<Target>): TargetFactory =>
  async options => {
    const target = await referenceTarget()(options)
    return { ...target, ...change(target) }
  }

/** The same value with the fields of every object, and the items of every list, in the opposite order. */
const reversed = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(reversed).toReversed() as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field]: [string, unknown]) => [name, reversed(field)] as const)
      .toReversed(),
  ) as T
}

type Listed = Pick<Observation, 'clusters' | 'backups'>

/** What a target shows, changed alike in what is observed and in what Describe answers. */
const showing = (change: (listed: Listed, target: Observation) => Listed): TargetFactory =>
  withChange(target => ({
    observe: async () => {
      const seen = await target.observe()
      return { ...seen, ...change(seen, seen) }
    },
    apply: async request => {
      const answer = await target.apply(request)
      if (answer.kind !== 'accepted' || answer.result === undefined) return answer
      const { clusters, backups, ...rest } = answer.result
      const changed = change({ clusters: clusters ?? [], backups: backups ?? [] }, await target.observe())
      const kept = { ...(clusters && { clusters: changed.clusters }), ...(backups && { backups: changed.backups }) }
      return { kind: 'accepted', result: { ...rest, ...kept } }
    },
  }))

describe('a target that lists things in an order of its own', () => {
  it('conforms, §cluster.describe §backup.describe', async () => {
    const ordered = withChange(target => ({
      apply: async (request): Promise<Answer> => reversed(await target.apply(request)),
    }))
    expect((await put(ordered)).failure).toBeUndefined()
  })
})

describe('a target is charged', () => {
  it('with another address of an HSM that replaces one, §hsm.replace', async () => {
    const moved = showing(({ clusters, backups }) => ({
      clusters: clusters.map(one => ({ ...one, hsms: one.hsms.map(hsm => ({ ...hsm, eniIp: hsm.hsmId })) })),
      backups,
    }))
    const { failure } = await put(moved)
    expect(failure).toMatchObject({ clause: '§hsm.replace', what: expect.stringContaining('eniIp') })
    expect(failure?.events.at(-1)?.rule).toBe('HsmReplaced')
  })
  it('with a CreateTimestamp that moves, §backup.describe', async () => {
    const moving = showing(({ clusters, backups }) => ({
      clusters,
      backups: backups.map(one => ({ ...one, createTimestamp: one.state === 'READY' ? 2 : 1 })),
    }))
    const { failure } = await put(moving)
    expect(failure).toMatchObject({ clause: '§backup.describe', what: expect.stringContaining('createTimestamp') })
  })
  it('with a backup that forgets the cluster that is gone, §backup.archive', async () => {
    const forgetful = showing(({ clusters, backups }, { clusters: all }) => ({
      clusters,
      backups: backups.map(one =>
        one.clusterId === undefined || all.some(({ clusterId }) => clusterId === one.clusterId)
          ? one
          : { ...one, clusterId: 'cluster-forgotten' },
      ),
    }))
    const { failure } = await put(forgetful, 400)
    expect(failure).toMatchObject({ clause: '§backup.archive', what: expect.stringContaining('clusterId') })
    expect(failure?.events.at(-1)?.rule).toBe('ClusterDeleted')
  })
  it('with a password in the audit log, §invariant.plaintext', async () => {
    const talkative = referenceTarget({
      parts: {
        hsm: {
          ...defaultParts,
          auditEntry: (entry, command) =>
            command?.op === 'Activate' ? { ...entry, user: `${entry.user} ${command.password}` } : entry,
        },
      },
    })
    const { failure } = await put(talkative)
    expect(failure).toMatchObject({ clause: '§invariant.plaintext', actual: expect.stringContaining('audit') })
    expect(failure?.events.at(-1)?.rule).toBe('Activate')
  })
})
