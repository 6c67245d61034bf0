/** Planted faults of clusters and HSMs. */
import { acceptInstead, dropEntries, editRule, overrideAction, overrideGuard } from '../../../model/index.ts'
import { redirect, idle, always, never, oldestInstead, unsynchronised, type Planted, type PlantedIn } from './fault.ts'

export const clusters: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §cluster.mode.hsm1': ['lifecycle', acceptInstead('cluster', '§cluster.mode.hsm1')],
  'always §cluster.mode.hsm1': ['lifecycle', acceptInstead('cluster', '§cluster.mode.hsm1')],
  'step §cluster.source.unknown': ['lifecycle', acceptInstead('backup', '§cluster.source.unknown')],
  'step §cluster.source.ready': ['lifecycle', acceptInstead('backup', '§cluster.source.ready')],
  'step §cluster.source.mode': ['tamper', acceptInstead('backup', '§cluster.source.mode')],
  'step §cluster.source.type': ['tamper', acceptInstead('backup', '§cluster.source.type')],
  'step §cluster.create': ['lifecycle', idle('cluster', 'found')],
  'step §cluster.create.fresh': ['lifecycle', always('cluster', 'isRestored')],
  'step §cluster.create.restored': ['tamper', never('cluster', 'isRestored')],
  'step §cluster.constant': [
    'lifecycle',
    overrideAction('cluster', 'certify', () => ({ certificate: 1, hsmType: 'hsm2m.medium' as const })),
  ],
  'step §cluster.unknown': ['lifecycle', acceptInstead('cluster', '§cluster.unknown', 'DeleteCluster')],
  'step §cluster.empty': [
    'lifecycle',
    editRule('HsmDeleted', 'deletes the cluster with its last HSM', rule => ({
      ...rule,
      participants: (input, read) => {
        const cluster = input.rule === 'HsmDeleted' ? (read.local('hsm', input.hsm).context.cluster ?? 0) : 0
        const event = { type: 'DeleteCluster', hsms: 0 } as const
        return [...rule.participants(input, read), { kind: 'cluster', slot: cluster, optional: true, event }]
      },
    })),
  ],
  'step §cluster.delete.state': ['lifecycle', acceptInstead('cluster', '§cluster.delete.state')],
  'step §cluster.delete.empty': ['lifecycle', acceptInstead('cluster', '§cluster.delete.empty')],
  'always §cluster.delete.empty': ['lifecycle', acceptInstead('cluster', '§cluster.delete.empty')],
  'step §cluster.delete': [
    'lifecycle',
    redirect('cluster', '§cluster.delete', 'is gone at once', { target: 'DELETED' }),
  ],
  'step §cluster.write': [
    'newest',
    editRule('SetPolicy', 'tells one HSM only', rule => ({
      ...rule,
      participants: (input, read) => rule.participants(input, read).slice(0, 2),
    })),
  ],
  'step §cluster.describe': [
    'lifecycle',
    redirect('cluster', '§cluster.describe', 'is changed by being described', { target: 'ACTIVE' }),
  ],
  'step §cluster.csr': [
    'lifecycle',
    overrideGuard('cluster', 'hasActiveHsm', ({ event }) => event.type === 'InitializeCluster'),
  ],
  'step §cluster.initialize.state': ['lifecycle', acceptInstead('cluster', '§cluster.initialize.state')],
  'step §cluster.initialize.csr': ['lifecycle', acceptInstead('cluster', '§cluster.initialize.csr')],
  'step §cluster.initialize.certificate': ['lifecycle', acceptInstead('cluster', '§cluster.initialize.certificate')],
  'step §cluster.initialize': ['lifecycle', idle('hsm', 'loadCertificate')],
  'step §cluster.activate': ['lifecycle', always('cluster', 'hasOfficer')],
}

export const hsms: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §hsm.create.state': ['lifecycle', acceptInstead('cluster', '§hsm.create.state')],
  'step §hsm.create.first': ['lifecycle', acceptInstead('cluster', '§hsm.create.first')],
  'always §hsm.create.first': ['lifecycle', acceptInstead('cluster', '§hsm.create.first')],
  'step §hsm.create.initialized': ['lifecycle', acceptInstead('cluster', '§hsm.create.initialized')],
  'step §hsm.create.source': ['newest', acceptInstead('cluster', '§hsm.create.source')],
  'step §hsm.create': ['lifecycle', idle('hsm', 'enter')],
  'step §hsm.provision': ['newest', always('hsm', 'isUninitialized')],
  'step §hsm.fail': ['newest', redirect('hsm', '§hsm.fail', 'goes on after a failure', { target: 'ACTIVE' })],
  'step §hsm.replace': ['newest', always('hsm', 'hasSource')],
  'step §hsm.unknown': ['lifecycle', acceptInstead('hsm', '§hsm.unknown')],
  'step §hsm.delete.state': ['newest', acceptInstead('hsm', '§hsm.delete.state')],
  'step §hsm.delete.backup': ['newest', always('hsm', 'isSaved')],
  'step §hsm.delete.unsaved': ['lifecycle', always('backup', 'isFinal')],
  'always §hsm.delete.unsaved': ['lifecycle', always('backup', 'isFinal')],
  'step §hsm.delete.failed': [
    'newest',
    redirect('hsm', '§hsm.delete.failed', 'fails with its backup', { target: 'DEGRADED' }),
  ],
  'step §hsm.delete': ['lifecycle', idle('hsm', 'forget')],
  'step §hsm.join.snapshot': ['newest', always('hsm', 'isAloneOrCopied')],
  'step §hsm.join.wait': ['newest', always('hsm', 'isQuiet')],
  'step §hsm.join.none': ['newest', dropEntries('hsm', '§hsm.join.none')],
  'step §hsm.join.refused': ['tamper', idle('backup', 'reject')],
  'step §hsm.join.latest': ['newest', oldestInstead],
  'step §hsm.join.sync': ['newest', unsynchronised],
}
