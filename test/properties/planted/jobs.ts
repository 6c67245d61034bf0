/** Planted faults of jobs that a crash stops. */
import { acceptInstead, dropEntries, editView } from '../../../model/index.ts'
import { idle, redirect, type Planted, type PlantedIn } from './fault.ts'

/** Nobody notices that the service is out. */
const unnoticed = editView('does not notice an outage', view => ({
  ...view,
  result: seen => ({ ...view.result(seen), outage: false }),
}))

/** Recovery does not end jobs of this kind. */
const unrecovered = (clause: string): Planted => ['crash', dropEntries('job', clause, 'Recover')]

export const jobs: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'always §job.journal': ['crash', idle('job', 'journal')],
  'step §job.hidden': [
    'crash',
    redirect('job', '§job.hidden', 'takes a job that was stopped for one that was done', { target: 'WRITTEN' }),
  ],
  'step §job.written': [
    'crash',
    redirect('job', '§job.written', 'takes a job that was done for one that was stopped', { target: 'STOPPED' }),
  ],
  'step §job.again': ['crash', dropEntries('job', '§job.again')],
  'step §job.provision': unrecovered('§job.provision'),
  'step §job.snapshot': unrecovered('§job.snapshot'),
  'step §job.daily': unrecovered('§job.daily'),
  'step §job.archive': unrecovered('§job.archive'),
  'step §job.restore': unrecovered('§job.restore'),
  'step §job.replace': unrecovered('§job.replace'),
  'step §job.copy': ['crashes', dropEntries('job', '§job.copy', 'Recover')],
  'step §job.delete': unrecovered('§job.delete'),
  'step §job.dissolve': unrecovered('§job.dissolve'),
  'step §job.purge': unrecovered('§job.purge'),
  'step §job.prepare': unrecovered('§job.prepare'),
  'step §job.migrate': unrecovered('§job.migrate'),
  'step §job.rollback': unrecovered('§job.rollback'),
  'step §job.abandon': unrecovered('§job.abandon'),
  'leadsTo §job.recover': unrecovered('§job.restore'),
  'step §job.outage': ['outage', acceptInstead('job', '§job.outage')],
  'step §job.idle': ['outage', unnoticed],
}
