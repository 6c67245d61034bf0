/** Attacks that were derived and replayed on the model, on the implementation: the same run with the same end, and its end looked at. */
import { describe, expect, it } from 'vitest'
import { PROFILES, judgeAll } from '../../model/attack/index.ts'
import type { Input } from '../../model/index.ts'
import { referenceTarget, type ControlRequest, type Effect, type Target } from '../conformance/index.ts'
import { faults } from '../faults/index.ts'
import { onTarget } from './on-reference.ts'
import { added } from './symbolic-check.ts'
import { broken } from './symbolic.ts'

const runsIn = (): readonly (readonly Input[])[] => {
  const runs = PROFILES.flatMap(({ capabilities }) => judgeAll(capabilities)).flatMap(({ verdict }) =>
    verdict.kind === 'attack' ? [verdict.run.state.told.map(({ input }) => input)] : [],
  )
  return [...new Map(runs.map(inputs => [JSON.stringify(inputs), inputs])).values()]
}

describe('every attack of the table', () => {
  it('is taken by the reference, input for input, and what is seen after each is as the model says', async () => {
    const runs = runsIn()
    expect(runs.length).toBe(14)
    for (const inputs of runs) expect(await onTarget(inputs)).toEqual({ taken: inputs.length, divergence: null })
  })
})

describe('an attack that the table does not have', () => {
  it.each<[string, readonly string[], string]>([
    ['§limit.guessing', ['fleet', 'weak'], 'learn.officer.fips'],
    ['§limit.guessing §adversary.consumer', ['account', 'shared', 'weak'], 'use.key.nonfips'],
    ['§adversary.former §adversary.consumer', ['account', 'shared', 'old-user'], 'use.key.fips'],
    ['§adversary.rollback', ['fleet', 'delay', 'carry', 'old-officer'], 'control.active.fips'],
    ['§adversary.signer', ['stolen', 'archive', 'forge', 'production-key'], 'learn.key.fips'],
  ])('%s is taken by the reference as well', async (_, capabilities, goal) => {
    const verdict = judgeAll(capabilities).find(judged => judged.goal.id === goal)?.verdict
    const inputs = verdict?.kind === 'attack' ? verdict.run.state.told.map(({ input }) => input) : []
    expect(inputs.length).toBeGreaterThan(0)
    expect(await onTarget(inputs)).toEqual({ taken: inputs.length, divergence: null })
  })
})

describe('the run of a broken design', () => {
  it.each(['§key.akbk', '§hardware.zeroise', '§hardware.firmware'])(
    '%s is taken by an implementation that is broken in the same way, and not by the reference',
    async clause => {
      const design = broken(clause)
      const run = added(design)?.run ?? []
      const target = faults.find(fault => fault.clause === clause)?.target
      expect(run.length).toBeGreaterThan(0)
      expect(await onTarget(run, target, design.edits)).toEqual({ taken: run.length, divergence: null })
      expect((await onTarget(run, referenceTarget(), design.edits)).divergence).not.toBe(null)
    },
  )
})

const LABEL = 'k'
const CHALLENGE = '00'.repeat(16)
const [OLD, NEW] = ['old password of theirs', 'new password of theirs']

/** A customer with an active cluster and a backup of it, who has changed the crypto user's password since. */
const customer = async (mode: 'FIPS' | 'NON_FIPS' = 'FIPS') => {
  const target = await referenceTarget()({ seed: 7 })
  const accepted = async (request: Parameters<Target['apply']>[0]) => {
    const answer = await target.apply(request)
    if (answer.kind !== 'accepted') throw new Error(`expected ${request.op} to be accepted, got ${answer.code}`)
    return answer.result ?? {}
  }
  const settle = async (effect: Effect) => {
    const due = (await target.pending()).find(one => one.effect === effect)
    if (due === undefined) throw new Error(`expected ${effect} to be due`)
    await target.settle(due)
    return due.subject
  }
  const create = async (more: Partial<ControlRequest> = {}) => {
    const { clusterId = '' } = await accepted({
      op: 'CreateCluster',
      hsmType: 'hsm2m.medium',
      mode,
      ...more,
    } as ControlRequest)
    await settle('ClusterCreated')
    await accepted({ op: 'CreateHsm', clusterId })
    await settle(more.op === undefined ? 'HsmProvisioned' : 'HsmRestored')
    return clusterId
  }
  const clusterId = await create()
  await accepted({ op: 'InitializeCluster', clusterId, certificate: 'matching' })
  await settle('ClusterInitialized')
  return { target, accepted, settle, create, clusterId }
}

const activated = async (mode: 'FIPS' | 'NON_FIPS' = 'FIPS') => {
  const world = await customer(mode)
  const { accepted, settle, clusterId } = world
  const officer = { user: 'CO' as const, password: 'of the officer, long' }
  await accepted({ op: 'Activate', clusterId, password: officer.password, label: 'theirs', publicKey: '02'.repeat(33) })
  await settle('ClusterActivated')
  await accepted({ op: 'CreateUser', clusterId, as: officer, user: 'CU', password: OLD })
  await accepted({ op: 'GenerateKey', clusterId, as: { user: 'CU', password: OLD }, label: LABEL })
  await settle('ClusterBackedUp')
  const backupId = await settle('BackupSealed')
  await accepted({ op: 'ChangePassword', clusterId, as: { user: 'CU', password: OLD }, user: 'CU', password: NEW })
  return { ...world, backupId }
}

describe('the end of an attack', () => {
  it('§adversary.preactivation is a cluster that its customer finds activated', async () => {
    const { target, accepted, clusterId } = await customer()
    const activate = (password: string) =>
      ({ op: 'Activate', clusterId, password, label: 'x', publicKey: '02'.repeat(33) }) as const
    await accepted(activate('the attacker chose it'))
    expect(await target.apply(activate('the customer chose it'))).toEqual({
      kind: 'refused',
      code: 'ALREADY_ACTIVATED',
    })
    await accepted({ op: 'LogIn', clusterId, as: { user: 'CO', password: 'the attacker chose it' } })
  })
  it('§adversary.former §adversary.rollback is a key that computes for a password that is no more', async () => {
    const { target, accepted, create, clusterId, backupId } = await activated()
    const use = (where: string, password: string) =>
      ({ op: 'UseKey', clusterId: where, as: { user: 'CU', password }, label: LABEL, challenge: CHALLENGE }) as const
    expect(await target.apply(use(clusterId, OLD))).toEqual({ kind: 'failed', code: 'LOGIN_FAILURE' })
    const clone = await create({ op: 'CreateCluster', sourceBackupId: backupId })
    const { check } = await accepted(use(clone, OLD))
    expect(check).toBe((await accepted(use(clusterId, NEW))).check)
    expect(check).toMatch(/^[0-9a-f]{32,}$/)
  })
  it("§client.clone is an HSM that the customer's client takes for its own", async () => {
    const { target, accepted, create, backupId } = await activated()
    const clone = await create({ op: 'CreateCluster', sourceBackupId: backupId })
    await accepted({ op: 'LogIn', clusterId: clone, as: { user: 'CU', password: OLD } })
    const { clusters, contents } = await target.observe()
    const shown = clusters.flatMap(({ hsms }) => hsms.map(({ hsmId }) => contents[hsmId]?.certificate))
    expect(shown.length).toBe(2)
    expect(new Set(shown).size).toBe(1)
    expect(shown[0]).not.toBe('')
  })
  it('§adversary.signer is contents on a unit with firmware of another key, and only those of a cluster in NON_FIPS mode', async () => {
    const onBench = async (mode: 'FIPS' | 'NON_FIPS') => {
      const { target, accepted, backupId } = await activated(mode)
      await accepted({ op: 'Manufacture', genuine: true, line: 'hsm2m' })
      await accepted({ op: 'Commission', officers: 'two' })
      await accepted({ op: 'Boot', firmware: 'other' })
      const before = (await target.observe()).bench.digest
      const first = await target.apply({ op: 'RestoreOnto', backupId })
      const after = (await target.observe()).bench.digest
      await accepted({ op: 'RelabelBackup', backupId, field: 'mode' })
      return { first, isChanged: before !== after, relabelled: await target.apply({ op: 'RestoreOnto', backupId }) }
    }
    expect(await onBench('NON_FIPS')).toMatchObject({ first: { kind: 'accepted' }, isChanged: true })
    expect(await onBench('FIPS')).toEqual({
      first: { kind: 'refused', code: 'MODE' },
      isChanged: false,
      relabelled: { kind: 'refused', code: 'UNWRAP' },
    })
  })
})
