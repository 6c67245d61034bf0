/** §port.answer: every call of a target, watched. What it throws and what is not of the port's shape is told apart from what it says. */
import { P, isMatching } from 'ts-pattern'
import type { Answer, Emission, Observation, Pending, Request, Target, TargetFactory, Sealing } from './port.ts'

/** A target that threw, took too long, or answered something that the port does not describe. */
export class PortError extends Error {
  override readonly name = 'PortError'
}

const text = P.string
const optional = <const T extends P.Pattern<unknown>>(shape: T) => P.optional(shape)

const hsm = { hsmId: text, state: text, zone: text, eniIp: text, hsmType: optional(text) }
const cluster = {
  clusterId: text,
  state: text,
  mode: text,
  hsmType: text,
  region: optional(text),
  account: optional(text),
  csr: P.boolean,
  certificate: P.boolean,
  retentionDays: P.number,
  zones: P.array(text),
  warning: optional(P.boolean),
  rollbackExpiration: optional(P.number),
  hsms: P.array(hsm),
}
const backup = {
  backupId: text,
  state: text,
  clusterId: optional(text),
  region: optional(text),
  account: optional(text),
  consumer: optional(text),
  sourceBackup: optional(text),
  sourceRegion: optional(text),
  sourceCluster: optional(text),
  copyTimestamp: optional(P.number),
  mode: text,
  hsmType: text,
  createTimestamp: P.number,
  deleteTimestamp: optional(P.number),
  neverExpires: P.boolean,
}
const contents = {
  users: P.array(text),
  locked: P.array(text),
  passwords: optional(P.record(text, P.array(text))),
  keys: P.array({ label: text, check: text }),
  certificate: text,
  policy: P.number,
  quorum: P.number,
  label: text,
  publicKeys: P.record(text, text),
  tokens: P.array({ of: text, service: text, approvals: P.array(text) }),
}
const result = {
  clusterId: optional(text),
  hsmId: optional(text),
  check: optional(text),
  tokens: optional(P.record(text, text)),
  consumer: optional(text),
  users: optional(P.array(text)),
  locked: optional(P.array(text)),
  uneven: optional(P.array(text)),
  servedBy: optional(text),
  clusters: optional(P.array(cluster)),
  backups: optional(P.array(backup)),
}
const answer = P.union(
  { kind: 'accepted', result: optional(result) },
  { kind: 'failed', code: text },
  { kind: 'refused', code: text },
)
const observation = {
  clusters: P.array(cluster),
  backups: P.array(backup),
  contents: P.record(text, contents),
  bench: {
    state: P.union('vacant', 'POWERED_OFF', 'OPERATIONAL', 'HALTED', 'ERROR', 'TAMPERED'),
    mode: P.union('FIPS', 'NON_FIPS', ''),
    digest: text,
  },
}
const emission = {
  channel: P.union('backup', 'synchronisation', 'record', 'api', 'audit', 'error', 'certificate', 'status'),
  from: text,
  bytes: P.instanceOf(Uint8Array),
}

const sealing = { text: P.union('backup', 'record', 'data'), digest: text, nonce: text }

const target = {
  name: text,
  profile: P.array(
    P.union('control', 'data', 'regions', 'accounts', 'migration', 'adversary', 'crashes', 'sealings', 'forkable'),
  ),
  apply: P.instanceOf(Function),
  pending: P.instanceOf(Function),
  settle: P.instanceOf(Function),
  observe: P.instanceOf(Function),
  view: P.instanceOf(Function),
}

const effect = P.union(
  'ClusterCreated',
  'ClusterInitialized',
  'ClusterActivated',
  'ClusterDeleted',
  'HsmProvisioned',
  'PeerBackedUp',
  'HsmRestored',
  'HsmReplaced',
  'HsmDeleted',
  'KeysSynchronised',
  'BackupSealed',
  'BackupPurged',
  'BackupCopied',
  'BackupExpired',
  'ClusterBackedUp',
  'HsmBackedUp',
  'HsmMigrated',
  'ClusterMigrated',
  'ClusterRolledBack',
)

const SHAPES = {
  open: (value: unknown) => isMatching(target, value),
  apply: (value: unknown) => isMatching(answer, value),
  settle: (value: unknown) => isMatching(answer, value),
  pending: (value: unknown) => isMatching(P.array({ effect, subject: text }), value),
  observe: (value: unknown) => isMatching(observation, value),
  view: (value: unknown) => Array.isArray(value),
  sealings: (value: unknown) => Array.isArray(value),
} as const

/** A value as a short text, for messages. */
const show = (value: unknown): string => {
  const shown = typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value))
  return shown.length > 200 ? `${shown.slice(0, 200)}...` : shown
}

/** What the suite asks of a target, each answer checked. Throws a PortError, and nothing else, when the target is at fault. */
export interface Watched {
  readonly apply: (request: Request) => Promise<Answer>
  readonly settle: (pending: Pending) => Promise<Answer>
  readonly pending: () => Promise<readonly Pending[]>
  readonly observe: () => Promise<Observation>
  /** What has left since the last call. */
  readonly left: () => Promise<readonly Emission[]>
  /** What was sealed since the last call; nothing of a target that does not tell. */
  readonly sealed: () => Promise<readonly Sealing[]>
  readonly close: () => Promise<void>
}

const ask = async (call: keyof typeof SHAPES, asked: () => unknown): Promise<unknown> => {
  let value: unknown
  try {
    value = await asked()
  } catch (error) {
    throw new PortError(`${call} threw: ${error instanceof Error ? error.message : show(error)}`)
  }
  if (!SHAPES[call](value)) throw new PortError(`${call} answered what the port does not describe: ${show(value)}`)
  return value
}

/** Makes a target. Throws a PortError when the factory fails. */
export const open = async (factory: TargetFactory, seed: number): Promise<Target> =>
  (await ask('open', () => factory({ seed }))) as Target

export const watch = (target: Target): Watched => {
  let seen = 0
  let told = 0
  return {
    apply: async request => (await ask('apply', () => target.apply(request))) as Answer,
    settle: async pending => (await ask('settle', () => target.settle(pending))) as Answer,
    pending: async () => (await ask('pending', () => target.pending())) as readonly Pending[],
    observe: async () => (await ask('observe', () => target.observe())) as Observation,
    left: async () => {
      const view = (await ask('view', () => target.view())) as readonly Emission[]
      const fresh = view.slice(seen)
      if (!fresh.every(item => isMatching(emission, item)))
        throw new PortError('view answered what the port does not describe')
      seen = view.length
      return fresh
    },
    sealed: async () => {
      if (!target.profile.includes('sealings')) return []
      const sealings = (await ask('sealings', () => target.sealings?.())) as readonly Sealing[]
      const fresh = sealings.slice(told)
      if (!fresh.every(item => isMatching(sealing, item)))
        throw new PortError('sealings answered what the port does not describe')
      told = sealings.length
      return fresh
    },
    close: async () => {
      try {
        await target.close?.()
      } catch {
        // The verdict is already there; a target that cannot end changes nothing about it.
      }
    },
  }
}
