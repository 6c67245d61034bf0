/** Which clause speaks of what: of each field of an observation, and of each field of a machine's context. */
import { NOT_CARRIED, PARTS, type Part } from './machines/contents.ts'
import type { Account, KindName } from './things.ts'

/** Fields of an observation, with the clause that a divergence there is charged to, where no entry that fired says more. */
export const SEEN = {
  'cluster.state': '§cluster.describe',
  'cluster.mode': '§cluster.constant',
  'cluster.hsmType': '§cluster.constant',
  'cluster.region': '§cluster.region',
  'cluster.account': '§cluster.account',
  'cluster.csr': '§cluster.csr',
  'cluster.certificate': '§cluster.initialize',
  'cluster.zones': '§cluster.subnets',
  'cluster.warning': '§client.warning',
  'cluster.hsms': '§hsm.delete',
  'cluster.retention': '§cluster.retention',
  'cluster.rollback': '§rollback.window',
  'hsm.state': '§cluster.describe',
  'hsm.zone': '§hsm.zone',
  'hsm.hsmType': '§migrate.hsm',
  'hsm.eniIp': '§hsm.replace',
  'hsm.locked': '§user.lockout',
  'backup.state': '§backup.describe',
  'backup.clusterId': '§backup.archive',
  'backup.region': '§backup.region',
  'backup.account': '§backup.account',
  'backup.consumer': '§backup.share',
  'backup.sourceRegion': '§backup.copy',
  'backup.mode': '§backup.seal',
  'backup.hsmType': '§backup.seal',
  'backup.createTimestamp': '§backup.describe',
  'backup.deleteTimestamp': '§backup.delete',
  'backup.neverExpires': '§backup.attributes',
  'bench.state': '§hardware.boot',
  'bench.mode': '§hardware.boot',
  'bench.contents': '§restore.exact',
  /** Settles that are due: too many, too few. */
  pending: '§port.frame',
  /** Anything that changed although no entry that fired concerns it. */
  frame: '§port.frame',
} as const

export type SeenField = keyof typeof SEEN

/** The clause of a part of the contents: what is lost in a restore is charged to it. */
export const clauseOfPart = (part: Part): string => PARTS[part]

/** What each field of a machine's context is there for: the clauses that could not be modelled without it. */
export const CONTEXT: {
  readonly [K in KindName]: { readonly [Field in keyof Account[K]['context']]: readonly string[] }
} = {
  cluster: {
    hsmType: ['§cluster.constant', '§restore.type'],
    mode: ['§cluster.constant', '§restore.mode'],
    region: ['§cluster.region', '§describe.region', '§cluster.source.region'],
    account: ['§cluster.account', '§describe.account'],
    restored: ['§cluster.create.restored'],
    certificate: ['§cluster.initialize', '§client.certificate'],
    retention: ['§cluster.retention', '§cluster.modify', '§backup.expire'],
    backupDue: ['§backup.daily'],
    zones: ['§cluster.subnets', '§hsm.create.zone'],
    hsmLimit: ['§hsm.create.limit'],
    lostCsr: ['§cluster.csr.lost'],
    rollbackOpen: ['§rollback.window'],
  },
  hsm: {
    cluster: ['§cluster.write', '§hsm.create'],
    zone: ['§hsm.zone', '§client.warning'],
    hsmType: ['§migrate.hsm', '§migrate.end', '§rollback.end'],
    contents: ['§invariant.exact', '§hsm.tenant', ...Object.values(PARTS)],
    copied: ['§hsm.join.snapshot', '§migrate.backup'],
    failures: ['§user.lockout', '§user.lockout.own', '§user.lockout.stays', '§adversary.lockout'],
    tokens: ['§quorum.token', '§quorum.once', '§quorum.expire', '§quorum.own', '§quorum.deleted'],
    tombstone: ['§sync.deleted'],
    saved: ['§hsm.delete.backup', '§invariant.lossless'],
  },
  backup: {
    cluster: ['§hsm.join.latest', '§backup.describe'],
    region: ['§backup.region', '§describe.region', '§cluster.source.region', '§backup.copy.region'],
    account: ['§backup.account', '§backup.hidden', '§backup.denied', '§describe.account'],
    shared: ['§backup.share', '§backup.hidden', '§cluster.source.account', '§describe.shared', '§adversary.consumer'],
    sourceRegion: ['§backup.copy', '§backup.copy.ready'],
    mode: ['§invariant.mode', '§backup.seal'],
    hsmType: ['§key.line', '§backup.seal'],
    contents: ['§invariant.exact', '§invariant.lossless', ...Object.values(PARTS), ...Object.values(NOT_CARRIED)],
    final: ['§hsm.delete.backup', '§hsm.delete.failed'],
    sourceOf: ['§cluster.create.restored', '§hsm.join.latest'],
    rejected: ['§hsm.join.refused'],
    condition: [
      '§restore.format',
      '§restore.unwrap',
      '§restore.header',
      '§restore.seal',
      '§restore.splice',
      '§adversary.replay',
    ],
    spliced: ['§restore.splice', '§key.mode', '§key.line'],
    graceOver: ['§backup.purge', '§backup.undelete.grace'],
    age: ['§backup.expire'],
    neverExpires: ['§backup.attributes', '§backup.expire.never'],
    sealedUnder: ['§invariant.plaintext', '§backup.sealed'],
    wrappedUnder: ['§invariant.plaintext', '§backup.wrapped', '§key.mkbk', '§key.akbk'],
  },
  hardware: {
    genuine: ['§invariant.hardware', '§key.mkbk'],
    line: ['§restore.type', '§key.line'],
    commissioned: ['§invariant.hardware', '§key.akbk'],
    mode: ['§hardware.boot', '§invariant.mode'],
    installed: ['§hardware.update', '§hardware.firmware'],
    started: ['§hardware.rollback'],
    contents: ['§restore.exact', '§restore.atomic'],
    held: ['§invariant.plaintext', '§hardware.ceremony'],
  },
  job: {
    effect: ['§job.provision', '§job.recover'],
    cluster: ['§job.dissolve', '§job.daily'],
    hsm: ['§job.restore', '§job.replace'],
    backup: ['§job.archive', '§job.copy', '§job.abandon'],
    step: ['§job.journal', '§job.again'],
    isDone: ['§job.journal', '§job.again'],
  },
}
