/** Planted faults of accounts and sharing. */
import { acceptInstead, overrideAction } from '../../../model/index.ts'
import { idle, redirect, snapshot, type Planted, type PlantedIn } from './fault.ts'

const described = redirect('backup', '§backup.describe', 'is deleted by being described', {
  target: 'PENDING_DELETION',
})

export const sharing: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §cluster.account': [
    'sharing',
    overrideAction('cluster', 'found', ({ event }) => {
      if (event.type !== 'CreateCluster') return {}
      const { hsmType, mode, region, restored, certificate } = event
      return { hsmType, mode, region, restored, certificate, account: '111122223333' as const }
    }),
  ],
  'step §cluster.source.account': ['sharing', acceptInstead('backup', '§cluster.source.account')],
  'step §describe.account': ['sharing', described],
  'step §describe.shared': ['sharing', described],
  'step §backup.hidden': ['sharing', acceptInstead('backup', '§backup.hidden')],
  'step §backup.denied': ['sharing', acceptInstead('backup', '§backup.denied')],
  'step §backup.account': ['newest', snapshot(() => ({ account: '444455556666' }))],
  'step §backup.share.state': ['sharing', acceptInstead('backup', '§backup.share.state')],
  'step §backup.share': ['sharing', idle('backup', 'share')],
  'step §backup.share.show': [
    'sharing',
    redirect('backup', '§backup.share.show', 'is deleted by being asked for its policy', {
      target: 'PENDING_DELETION',
    }),
  ],
  'step §backup.unshare': ['sharing', idle('backup', 'unshare')],
}
