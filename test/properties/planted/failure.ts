/** Planted faults of failures beyond that of an ACTIVE HSM, and of tenancy. */
import { dropEntries, editView } from '../../../model/index.ts'
import { idle, redirect, type Planted, type PlantedIn } from './fault.ts'

/** Every backup counts as one of every cluster. */
const shared = editView('takes the newest backup of whatever cluster', view => ({
  ...view,
  add: (seen, placed, cluster) => {
    if (placed.kind !== 'backup') return view.add(seen, placed, cluster)
    const { local } = placed
    return view.add(seen, { ...placed, local: { ...local, context: { ...local.context, cluster } } }, cluster)
  },
}))

export const failures: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §cluster.csr.lost': ['lifecycle', idle('cluster', 'loseCsr')],
  'always §hsm.tenant': ['tenants', shared],
  'step §hsm.replace.first': ['lifecycle', dropEntries('hsm', '§hsm.replace.first')],
  'leadsTo §hsm.replace.first': ['lifecycle', dropEntries('hsm', '§hsm.replace.first')],
  'step §hsm.join.again': ['newest', idle('hsm', 'dropCopy')],
  'step §hsm.fail.creating': [
    'newest',
    redirect('hsm', '§hsm.fail.creating', 'is ACTIVE after a failure', { target: 'ACTIVE' }),
  ],
  'step §hsm.fail.deleting': ['newest', dropEntries('backup', '§hsm.fail.deleting')],
}
