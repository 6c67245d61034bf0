/** Planted faults of failures beyond that of an ACTIVE HSM. */
import { dropEntries } from '../../../model/index.ts'
import { idle, redirect, type Planted, type PlantedIn } from './fault.ts'

export const failures: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §cluster.csr.lost': ['lifecycle', idle('cluster', 'loseCsr')],
  'step §hsm.replace.first': ['lifecycle', dropEntries('hsm', '§hsm.replace.first')],
  'leadsTo §hsm.replace.first': ['lifecycle', dropEntries('hsm', '§hsm.replace.first')],
  'step §hsm.join.again': ['newest', idle('hsm', 'dropCopy')],
  'step §hsm.fail.creating': [
    'newest',
    redirect('hsm', '§hsm.fail.creating', 'is ACTIVE after a failure', { target: 'ACTIVE' }),
  ],
  'step §hsm.fail.deleting': ['newest', dropEntries('backup', '§hsm.fail.deleting')],
}
