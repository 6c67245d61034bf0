/** Planted faults of Regions and copies. */
import { CUSTOMER, acceptInstead, dropEntries, editRule, overrideAction, type Account } from '../../../model/index.ts'
import { redirect, snapshot, type Planted, type PlantedIn } from './fault.ts'

/** What a copy takes from its source is this as well. */
const taking = (change: Partial<Account['backup']['context']>) =>
  overrideAction('backup', 'copy', ({ event }) => {
    if (event.type !== 'CopyStarted') return {}
    const { type: _type, ...copied } = event
    return { ...copied, ...change }
  })

export const copies: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §cluster.region': [
    'copies',
    overrideAction('cluster', 'found', ({ event }) => {
      if (event.type !== 'CreateCluster') return {}
      const { hsmType, mode, account, restored, certificate } = event
      return { hsmType, mode, account, restored, certificate, region: 'us-east-1' as const }
    }),
  ],
  'step §cluster.source.region': ['copies', acceptInstead('backup', '§cluster.source.region')],
  'step §describe.region': [
    'copies',
    redirect('backup', '§backup.describe', 'is deleted by being described', { target: 'PENDING_DELETION' }),
  ],
  'step §backup.region': ['newest', snapshot(() => ({ region: 'us-west-2' }))],
  'step §backup.copy.state': ['copies', acceptInstead('backup', '§backup.copy.state')],
  'step §backup.copy.region': ['copies', acceptInstead('backup', '§backup.copy.region')],
  'step §backup.copy': ['copies', taking({ region: 'us-east-1' })],
  'step §backup.copy.exact': ['copies', taking({ sealedUnder: [] })],
  'step §backup.copy.ready': [
    'copies',
    redirect('backup', '§backup.copy.ready', 'never arrives', { target: 'PENDING_DELETION' }),
  ],
  'leadsTo §backup.copy.ready': ['copies', dropEntries('backup', '§backup.copy.ready')],
  'step §backup.copy.failed': [
    'copies',
    redirect('backup', '§backup.copy.failed', 'is READY although it failed', { target: 'READY', actions: [] }),
  ],
  'always §backup.copy.detached': ['copies', taking({ cluster: 0 })],
  'step §backup.copy.apart': [
    'copies',
    editRule('DeleteBackup', 'deletes the next backup as well', rule => ({
      ...rule,
      participants: (input, read) => {
        const others = read.all('backup').filter(slot => input.rule === 'DeleteBackup' && slot !== input.backup)
        const event = { type: 'DeleteBackup', account: CUSTOMER } as const
        const along = others.map(slot => ({ kind: 'backup' as const, slot, optional: true, event }))
        return [
          ...rule.participants(input, read),
          ...along.filter(({ slot }) => read.local('backup', slot).value === 'READY'),
        ]
      },
    })),
  ],
}
