/** For each property that can be broken an edit of the model that breaks it, by kind and clause. */
import { accounts } from './accounts.ts'
import { backups, restores } from './archive.ts'
import { copies } from './copies.ts'
import { invariants, users } from './client.ts'
import { failures } from './failure.ts'
import type { Planted, PlantedIn } from './fault.ts'
import { jobs } from './jobs.ts'
import { migration } from './migration.ts'
import { quorum } from './quorum.ts'
import { retention } from './retention.ts'
import { clusters, hsms } from './service.ts'
import { sharing } from './sharing.ts'
import { synchronisation } from './synchronisation.ts'
import { units } from './hardware.ts'
import { waiting } from './waiting.ts'
import { zones } from './zones.ts'

export { everywhere } from './synchronisation.ts'
export { redirect, type Planted, type PlantedIn } from './fault.ts'

export const planted: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  ...invariants,
  ...clusters,
  ...hsms,
  ...backups,
  ...restores,
  ...copies,
  ...sharing,
  ...units,
  ...users,
  ...accounts,
  ...waiting,
  ...failures,
  ...retention,
  ...quorum,
  ...synchronisation,
  ...jobs,
  ...zones,
  ...migration,
}
