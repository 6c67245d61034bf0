/** Planted faults of retention, and of what is backed up because it is time. */
import { EMPTY, acceptInstead, dropEntries, editRule, overrideAction, overrideGuard } from '../../../model/index.ts'
import { idle, always, never, type Planted, type PlantedIn } from './fault.ts'

/** A backup is taken once its cluster is DELETED. */
const takenWithCluster = overrideGuard('backup', 'isExpired', ({ context }) => context.cluster === null)

export const retention: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §cluster.retention.value': ['policy', acceptInstead('cluster', '§cluster.retention.value')],
  'step §cluster.retention': ['policy', overrideAction('cluster', 'certify', () => ({ certificate: 1, retention: 7 }))],
  'step §cluster.modify.state': ['policy', acceptInstead('cluster', '§cluster.modify.state')],
  'step §cluster.modify': ['policy', idle('cluster', 'keepFor')],
  'step §backup.attributes.state': ['retention', acceptInstead('backup', '§backup.attributes.state')],
  'step §backup.attributes': ['retention', idle('backup', 'exempt')],
  'step §backup.expire': ['retention', always('backup', 'isOutlived')],
  'leadsTo §backup.expire': ['retention', dropEntries('backup', '§backup.expire', 'BackupExpired')],
  'step §backup.expire.never': ['retention', never('backup', 'isExempt')],
  'step §backup.expire.last': ['retention', never('backup', 'isLast')],
  'step §backup.expire.orphan': ['retention', takenWithCluster],
  'step §backup.first': ['plan', always('cluster', 'isBackedUp')],
  'step §backup.daily': ['plan', idle('cluster', 'endDay')],
  'leadsTo §backup.daily': ['plan', dropEntries('cluster', '§backup.daily', 'ClusterBackedUp')],
  'step §backup.occasions': [
    'plan',
    editRule('CreateHsm', 'makes a backup when it is asked for an HSM', rule => ({
      ...rule,
      participants: (input, read) => {
        const cluster = input.rule === 'CreateHsm' ? input.cluster : 0
        const kind = { region: null, account: null, mode: null, hsmType: null } as const
        const event = { type: 'ClusterBackedUp', cluster, ...kind, contents: EMPTY } as const
        return [...rule.participants(input, read), { kind: 'backup', slot: 'free', event }]
      },
    })),
  ],
}
