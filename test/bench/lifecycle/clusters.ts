/** The rules of SPEC.md §4 in Promela, and Activate of §9. */
import { rule } from './frame.ts'
import { each, hasActive, hasHsm, SLOTS, some, when } from './slots.ts'

/** What CreateCluster may ask for, the kind that does not exist included. */
const KINDS = [
  ['hsm1_medium', 'FIPS'],
  ['hsm1_medium', 'NON_FIPS'],
] as const

const creation = KINDS.flatMap(([type, mode]) => {
  const guard = `cluster == 0 && !(${type} == hsm1_medium && ${mode} == NON_FIPS)`
  const effect = `cluster = CREATE_IN_PROGRESS; mode = ${mode}; type = ${type}`
  return [
    rule('CreateCluster', '§cluster.mode.hsm1 §cluster.create', guard, effect),
    ...SLOTS.map(b =>
      rule(
        'CreateCluster',
        '§cluster.source.ready §cluster.source.mode §cluster.source.type §cluster.create.restored',
        `${guard} && backup${b}_state == READY && backup${b}_mode == ${mode} && ` +
          `!(backup${b}_type == hsm2m_medium && ${type} == hsm1_medium)`,
        `${effect}; source = backup${b}; certificate = present`,
      ),
    ),
  ]
})

/** Every rule about the cluster. */
export const clusterRules: readonly string[] = [
  ...creation,
  rule(
    'ClusterCreated',
    '§cluster.create.fresh',
    'cluster == CREATE_IN_PROGRESS && certificate == 0',
    'cluster = UNINITIALIZED',
  ),
  // The source may be gone by now: what a cluster created from one has from the start is its certificate.
  rule(
    'ClusterCreated',
    '§cluster.create.restored',
    'cluster == CREATE_IN_PROGRESS && certificate == present',
    'cluster = ACTIVE',
  ),
  rule(
    'InitializeCluster',
    '§cluster.csr §cluster.initialize.state §cluster.initialize.csr §cluster.initialize',
    `cluster == UNINITIALIZED && ${hasActive}`,
    'cluster = INITIALIZE_IN_PROGRESS; csr = 0',
  ),
  rule(
    'ClusterInitialized',
    '§cluster.initialize',
    'cluster == INITIALIZE_IN_PROGRESS',
    'cluster = INITIALIZED; certificate = present; ' +
      each(h => when(`hsm${h}_state == ACTIVE`, `hsm${h}_contents = certified`)),
  ),
  rule(
    'Activate',
    '§client.available §client.certificate §user.activate.once §user.activate §cluster.write',
    some(h => `(hsm${h}_state == ACTIVE && hsm${h}_contents == certified)`),
    each(h => when(`(hsm${h}_state == ACTIVE || hsm${h}_state == DELETE_IN_PROGRESS)`, `hsm${h}_contents = activated`)),
  ),
  rule(
    'ClusterActivated',
    '§cluster.activate',
    `cluster == INITIALIZED && ${some(h => `(hsm${h}_state == ACTIVE && hsm${h}_contents == activated)`)}`,
    'cluster = ACTIVE',
  ),
  rule(
    'DeleteCluster',
    '§cluster.delete.state §cluster.delete.empty §cluster.delete',
    `(cluster == UNINITIALIZED || cluster == INITIALIZED || cluster == ACTIVE) && !${hasHsm}`,
    'cluster = DELETE_IN_PROGRESS',
  ),
  rule(
    'ClusterDeleted',
    '§cluster.delete §backup.archive',
    'cluster == DELETE_IN_PROGRESS',
    'cluster = 0; mode = 0; type = 0; certificate = 0; source = 0; csr = 0; ' +
      each(b => when(`backup${b}_owner == present`, `backup${b}_owner = former`)),
  ),
]
