/** Planted faults of migration and rollback: what is refused, what becomes of HSMs and of their contents, and how it ends. */
import { EMPTY, acceptInstead, dropEntries, overrideAction } from '../../../model/index.ts'
import { always, idle, never, redirect, type Planted, type PlantedIn } from './fault.ts'

/** A new HSM of the newer type has what it left the factory with. */
const migratesEmpty = overrideAction('hsm', 'migrate', () => ({
  hsmType: 'hsm2m.medium' as const,
  contents: EMPTY,
  copied: false,
}))

export const migration: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §migrate.state': ['modify', acceptInstead('cluster', '§migrate.state')],
  'step §migrate.same': ['modify', acceptInstead('cluster', '§migrate.same')],
  'step §migrate.hsms': ['modify', acceptInstead('cluster', '§migrate.hsms')],
  'step §migrate.limit': ['migration', acceptInstead('cluster', '§migrate.limit')],
  'step §migrate.start': ['modify', redirect('cluster', '§migrate.start', 'stays ACTIVE', { target: 'ACTIVE' })],
  'step §migrate.backup': ['migration', always('hsm', 'isFree')],
  'step §migrate.hsm': ['migration', migratesEmpty],
  'step §migrate.validation': ['validation', always('hsm', 'isAdmitted')],
  'step §migrate.end': ['migration', never('cluster', 'hasOlder')],
  'always §migrate.end': ['migration', idle('cluster', 'becomeNewer')],
  'leadsTo §migrate.end': ['migration', dropEntries('cluster', '§migrate.end')],
  'step §hsm.delete.changing': ['modify', acceptInstead('hsm', '§hsm.delete.changing')],
  'step §limited.write': ['limited', dropEntries('cluster', '§limited.write')],
  'step §rollback.window': ['modify', acceptInstead('cluster', '§rollback.window')],
  'always §rollback.window': ['modify', idle('cluster', 'closeWindow')],
  'step §rollback.start': ['modify', redirect('cluster', '§rollback.start', 'goes on', { target: 'ACTIVE' })],
  'step §rollback.hsm': ['modify', idle('hsm', 'rollBack')],
  'step §rollback.end': ['modify', idle('cluster', 'becomeOriginal')],
  'leadsTo §rollback.end': ['migration', dropEntries('cluster', '§rollback.end')],
  'step §rollback.refused': ['validation', always('cluster', 'isAdmitted')],
  'step §rollback.none': [
    'validation',
    redirect('cluster', '§rollback.none', 'waits for a backup', { target: 'ROLLBACK_IN_PROGRESS' }),
  ],
  'step §rollback.backups': ['validation', never('backup', 'isTooNew')],
}
