/** Nothing leaves an HSM past the recorder: a spy between the boundary and the service hears what HSMs answer, and looks for it in the view. */
import { describe, expect, it } from 'vitest'
import type { Account, Emission, Hsm } from '../../impl/index.ts'
import {
  account,
  active,
  CU,
  emptied,
  entropy,
  filled,
  fresh,
  initialised,
  joined,
  newestBackup,
  provisioned,
  settleAll,
  tell,
} from './world.ts'

/** Something that an HSM answered, and to what. */
interface Heard {
  readonly call: string
  readonly said: Uint8Array | string
}

/** Texts and bytes in what a call answers; numbers and truth values say too little to be looked for. */
const partsOf = (value: unknown): readonly (Uint8Array | string)[] => {
  if (typeof value === 'string') return value.length === 0 ? [] : [value]
  if (value instanceof Uint8Array) return value.length === 0 ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(partsOf)
}

/** What nobody hears: a channel's key, which is a handle, and the copies that are made for a look. */
const isHandle = (value: unknown): boolean => typeof value === 'object' && value !== null && 'kind' in value

const withoutKey = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'key' in value && isHandle(value.key) ? { ...value, key: null } : value

const spiedOn = (hsm: Hsm, heard: Heard[]): Hsm => {
  const calls = Object.entries(hsm).map(([call, answer]) => {
    if (typeof answer !== 'function' || call === 'clone') return [call, answer] as const
    const spy = (...given: readonly unknown[]): unknown => {
      const value: unknown = (answer as (...asked: readonly unknown[]) => unknown)(...given)
      for (const said of partsOf(withoutKey(value))) heard.push({ call, said })
      return value
    }
    return [call, spy] as const
  })
  return Object.fromEntries(calls) as unknown as Hsm
}

/** An account whose fleet is spied on. Its factory is nobody else's, since the seed is not. */
const spied = (seed: number): { readonly at: Account; readonly heard: readonly Heard[] } => {
  const heard: Heard[] = []
  const at = account({ seed: entropy(seed) })
  const { fleet } = at.factory
  Object.assign(at.factory, { fleet: (unit: Parameters<typeof fleet>[0]) => spiedOn(fleet(unit), heard) })
  return { at, heard }
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const textOf = (said: Uint8Array | string): string => (typeof said === 'string' ? said : latin1(said))

/** What was heard and stands nowhere in the view. */
const unseen = (heard: readonly Heard[], view: readonly Emission[]): readonly string[] => {
  const seen = view.map(({ bytes }) => latin1(bytes)).join('\n')
  return [...new Set(heard.filter(({ said }) => !seen.includes(textOf(said))).map(({ call }) => call))]
}

/** Everything that the service ever asks of HSMs: they are made, joined, backed up, written to, restored from what was altered. */
const lived = (seed: number) => {
  const { at, heard } = spied(seed)
  const place = filled(active(initialised(provisioned(fresh(at)))))
  joined(place)
  tell(place, { op: 'GenerateKey', as: CU, label: 'another', kind: 'EC' })
  tell(place, { op: 'DeleteKey', as: CU, label: 'key' })
  tell(place, { op: 'LogIn', as: { user: 'CO', password: 'wrong' } })
  const { backupId } = newestBackup(at)
  const sealed = at.service.archive.read(backupId)
  if (sealed !== null)
    at.service.archive.write(
      backupId,
      sealed.map((byte, index) => (index === 100 ? byte ^ 1 : byte)),
    )
  at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId: backupId })
  settleAll(at)
  for (const { clusterId } of at.service.describeClusters()) at.service.createHsm(clusterId)
  settleAll(at)
  return { at, heard, place }
}

describe('what an HSM answers', () => {
  it('is in the view, whatever it was asked, §boundary.recorder', () => {
    const { at, heard } = lived(901)
    const calls = new Set(heard.map(({ call }) => call))
    for (const call of ['backup', 'synchronise', 'restore', 'agree', 'exchange', 'drainAudit', 'digest', 'keyDigests'])
      expect(calls, call).toContain(call)
    expect(unseen(heard, at.service.view)).toEqual([])
  })
  it('is missed where a way past the recorder is made', () => {
    const { at, heard } = lived(902)
    const view = at.service.view.filter(({ channel }) => channel !== 'status')
    expect(unseen(heard, view).length).toBeGreaterThan(0)
    expect(unseen([...heard, { call: 'whisper', said: entropy(5) }], at.service.view)).toEqual(['whisper'])
  })
  it('is in the view when it is a refusal, an error, or the outage of the service, §boundary.recorder', () => {
    const { at, place } = lived(903)
    const errors = () => at.service.view.filter(({ channel }) => channel === 'error').map(({ bytes }) => latin1(bytes))
    expect(errors().some(text => text.includes('SEAL') || text.includes('UNWRAP'))).toBe(true)
    const due = at.service.pending()[0]
    at.service.createHsm(place.clusterId)
    const next = due ?? at.service.pending()[0]
    if (next === undefined) throw new Error('expected something to be due')
    at.service.crash(next, { step: 'record', moment: 'before' })
    expect(at.service.createHsm(place.clusterId)).toMatchObject({ code: 'InternalFailure' })
    expect(errors().some(text => text.includes('InternalFailure'))).toBe(true)
  })
})

describe('what an HSM says of itself', () => {
  it('is in the view once for as long as it stays the same, and in a copy of the account too', () => {
    const { at } = emptied(filled(active(initialised(provisioned(fresh(account({ seed: entropy(904) })))))))
    const before = at.service.view.length
    at.service.pending()
    const after = at.service.view.length
    at.service.pending()
    expect(at.service.view.length).toBe(after)
    const copy = at.fork()
    copy.service.pending()
    expect([copy.service.view.length, after >= before]).toEqual([after, true])
  })
})
