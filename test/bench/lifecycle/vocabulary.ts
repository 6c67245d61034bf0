/**
 * The words in which two models of the scope smoke.lifecycle are compared: a state is one line of fixed fields, a word
 * each, and the words are AWS's states or those of SPEC.md. Fixed before either was run; only `awaited` changed since, and `csr` came with its clause.
 *
 * - `certificate` is the ClusterCertificate. `source` is the backup that the cluster was created from, absent once gone.
 * - `csr` is lost when the HSM that had made it has failed, until a certificate is accepted or the cluster is gone.
 * - HSMs are told apart by their slot; a new one takes the first free slot. Contents are `initial` (PRECO and nothing
 *   else), `certified` (with the cluster's certificate) or `activated` (PRECO is CO), those of a failed HSM included.
 * - `copied` says of an HSM that joins that a peer was copied for it, and that no copy of a peer has failed since.
 * - Backups are told apart by age: the first is the older, and one that is gone closes the gap. `owner` says whether the
 *   cluster that it was taken from still exists. `awaited` names the HSM that goes when it is READY; for which HSM that
 *   joins it is the copy of a peer is not said, since nobody has to know. `grace` is over when the seven days are.
 */
const ABSENT = '-'
const VACANT = 'vacant'

const CONTENTS = [ABSENT, 'initial', 'certified', 'activated']
const MODE = [ABSENT, 'FIPS', 'NON_FIPS']
const TYPE = [ABSENT, 'hsm1.medium', 'hsm2m.medium']
const HSM = {
  state: [VACANT, 'CREATE_IN_PROGRESS', 'ACTIVE', 'DEGRADED', 'DELETE_IN_PROGRESS'],
  contents: CONTENTS,
  copied: [ABSENT, 'copied'],
}
const BACKUP = {
  state: [VACANT, 'CREATE_IN_PROGRESS', 'READY', 'PENDING_DELETION'],
  contents: CONTENTS,
  mode: MODE,
  type: TYPE,
  owner: [ABSENT, 'present', 'former'],
  awaited: [ABSENT, 'hsm1', 'hsm2'],
  grace: [ABSENT, 'over'],
}

const of = (thing: string, fields: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(fields).map(([field, words]) => [`${thing}_${field}`, words]))

/** Every field with its words, in the order of the line; the first word is that of an empty slot. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  cluster: [
    VACANT,
    'CREATE_IN_PROGRESS',
    'UNINITIALIZED',
    'INITIALIZE_IN_PROGRESS',
    'INITIALIZED',
    'ACTIVE',
    'DELETE_IN_PROGRESS',
  ],
  mode: MODE,
  type: TYPE,
  certificate: [ABSENT, 'present'],
  source: [ABSENT, 'backup1', 'backup2'],
  csr: [ABSENT, 'lost'],
  ...of('hsm1', HSM),
  ...of('hsm2', HSM),
  ...of('backup1', BACKUP),
  ...of('backup2', BACKUP),
}

/** Words by field. A field that is left out is that of an empty slot. */
export type Said = Readonly<Record<string, string>>

/** The line that says this. Throws on a field or a word that there is none of. */
export const lineOf = (said: Said): string => {
  const strange = Object.entries(said).find(([field, word]) => FIELDS[field]?.includes(word) !== true)
  if (strange !== undefined) throw new RangeError(`expected a field and a word of it, got ${strange.join(' ')}`)
  return Object.entries(FIELDS)
    .map(([field, words]) => said[field] ?? words[0])
    .join(' ')
}

/** Whether a line says all of this. */
export const says = (line: string, wanted: Said): boolean => {
  const words = line.split(' ')
  return Object.keys(FIELDS).every((field, at) => wanted[field] === undefined || wanted[field] === words[at])
}

/** A step that changes the line: its input's name, the line before, the line after. `Start` leads to the first line. */
export const stepOf = (name: string, before: string, after: string): string => `${name}: ${before} -> ${after}`

export interface Reached {
  /** The lines of all reachable states, sorted. */
  readonly lines: readonly string[]
  /** The steps between them that change the line, sorted. */
  readonly steps: readonly string[]
}

/** What was reached, out of every step, however often and in whatever order; `Start` must be among them. */
export const reachedBy = (steps: readonly string[]): Reached => ({
  lines: [...new Set(steps.map(step => step.split(' -> ')[1] ?? ''))].toSorted(),
  steps: [...new Set(steps)].toSorted(),
})

/**
 * The planted violation, which "never" happens: in a cluster that was restored from a backup of a former cluster one HSM
 * is ACTIVE and the other DEGRADED, a backup of its own is READY, and its source can no longer be saved.
 */
export const PLANTED: Said = {
  cluster: 'ACTIVE',
  source: 'backup1',
  hsm1_state: 'ACTIVE',
  hsm2_state: 'DEGRADED',
  backup1_grace: 'over',
  backup2_state: 'READY',
}
