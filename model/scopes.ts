/** Scopes: named bounds, each with the question that it is there for. `smoke` is those that every test run explores in full. */
import { DEFAULT_CHOICES, cloudHsm, initial, step, type Choices, type CloudHsm } from './cloudhsm.ts'
import type { Symmetry } from './explore/fast/index.ts'
import type { Input, RuleName } from './input.ts'
import type { HsmType, Mode } from './machines/words.ts'
import type { AccountSlots, State } from './things.ts'
import { RULES, inputsOf } from './vocabulary.ts'

export interface Scope {
  readonly name: string
  /** Why these bounds suffice for its question. */
  readonly why: string
  readonly slots: AccountSlots
  /** The combinations of choices that it explores. */
  readonly choices: readonly Choices[]
  /** What happens before exploration begins: one list for each start. */
  readonly starts: readonly (readonly Input[])[]
  /** Every input that is tried in every state. */
  readonly inputs: readonly Input[]
}

type Kind = readonly [HsmType, Mode]
const HSM1: Kind = ['hsm1.medium', 'FIPS']
const FIPS: Kind = ['hsm2m.medium', 'FIPS']
const NON_FIPS: Kind = ['hsm2m.medium', 'NON_FIPS']
/** The kind of cluster that does not exist. */
const NEITHER: Kind = ['hsm1.medium', 'NON_FIPS']
const LEGAL: readonly Kind[] = [HSM1, FIPS, NON_FIPS]
const ALL: readonly Kind[] = [...LEGAL, NEITHER]

const BOTH: readonly Choices[] = [
  DEFAULT_CHOICES,
  { 'choice.backup.delete.again': 'accepted', 'choice.hsm.delete.creating': 'accepted' },
]

/** An ACTIVE cluster in the first slot with one ACTIVE HSM. */
const active = ([hsmType, mode]: Kind): readonly Input[] => [
  { rule: 'CreateCluster', hsmType, mode, source: null },
  { rule: 'ClusterCreated', cluster: 0 },
  { rule: 'CreateHsm', cluster: 0 },
  { rule: 'HsmProvisioned', hsm: 0 },
  { rule: 'InitializeCluster', cluster: 0, certificate: 'matching', value: 1 },
  { rule: 'ClusterInitialized', cluster: 0 },
  { rule: 'Activate', cluster: 0, value: 1 },
  { rule: 'ClusterActivated', cluster: 0 },
]

/** An ACTIVE cluster in the first slot without HSMs, and its backup. */
const empty = (kind: Kind): readonly Input[] => [
  ...active(kind),
  { rule: 'DeleteHsm', hsm: 0 },
  { rule: 'BackupSealed', backup: 0 },
  { rule: 'HsmDeleted', hsm: 0 },
]

/** The same, with a second backup that has a user, a key and a policy that the first has not. */
const emptiedTwice = (kind: Kind): readonly Input[] => [
  ...empty(kind),
  { rule: 'CreateHsm', cluster: 0 },
  { rule: 'HsmRestored', hsm: 0 },
  { rule: 'CreateUser', cluster: 0, as: 'CO', value: 1 },
  { rule: 'GenerateKey', cluster: 0, as: 'CU', value: 1 },
  { rule: 'SetPolicy', cluster: 0, as: 'CO', value: 1 },
  { rule: 'DeleteHsm', hsm: 0 },
  { rule: 'BackupSealed', backup: 1 },
  { rule: 'HsmDeleted', hsm: 0 },
]

interface Question {
  readonly name: string
  readonly why: string
  readonly slots: readonly [cluster: number, hsm: number, backup: number, hardware: number]
  readonly rules: readonly RuleName[]
  readonly clusters?: readonly Kind[]
  readonly choices?: readonly Choices[]
  readonly starts?: readonly (readonly Input[])[]
}

const scope = ({ name, why, slots: counts, rules, clusters = [], choices, starts }: Question): Scope => {
  const [cluster, hsm, backup, hardware] = counts
  const slots = { cluster, hsm, backup, hardware }
  const inputs = inputsOf(rules, { slots, clusters, values: [1] })
  return { name, why, slots, choices: choices ?? [DEFAULT_CHOICES], starts: starts ?? [[]], inputs }
}

export const smoke: readonly Scope[] = [
  scope({
    name: 'smoke.lifecycle',
    why: 'Everything that one cluster, two HSMs and two backups can go through, with faults and every choice: joining, replacing and final backups involve two of each at most.',
    slots: [1, 2, 2, 0],
    rules: [...RULES.control, ...RULES.describe, 'Activate', ...RULES.settle, ...RULES.time, ...RULES.fault],
    clusters: [HSM1, NON_FIPS, NEITHER],
    choices: BOTH,
  }),
  scope({
    name: 'smoke.pair',
    why: 'Two clusters at once, of every pair of types and modes, one the source of the other: a restore across involves two clusters, one backup and the HSM that it is restored onto.',
    slots: [2, 1, 1, 0],
    rules: [...RULES.control, ...RULES.settle, ...RULES.time],
    clusters: ALL,
    starts: LEGAL.map(empty),
  }),
  scope({
    name: 'smoke.contents',
    why: 'All six parts of the contents vary in a cluster of two HSMs and one backup: a write concerns its own cluster only.',
    slots: [1, 2, 1, 0],
    rules: [...RULES.control, ...RULES.data, ...RULES.settle],
    clusters: [FIPS],
  }),
  scope({
    name: 'smoke.newest',
    why: 'Two versions of contents in two backups and two HSMs: which backup is the newest, and what reaches whom, takes two of each.',
    slots: [1, 2, 2, 0],
    rules: ['CreateHsm', 'DeleteHsm', 'DeleteBackup', 'RestoreBackup', 'SetPolicy', ...RULES.settle, ...RULES.fault],
    starts: [active(FIPS)],
  }),
  scope({
    name: 'smoke.tamper',
    why: 'One backup, altered in every way, and restored to its own cluster or to another of any kind: a restore takes one backup and one HSM.',
    slots: [2, 1, 1, 0],
    rules: ['CreateCluster', 'DeleteCluster', 'CreateHsm', 'DeleteHsm', ...RULES.settle, ...RULES.tamper],
    clusters: ALL,
    starts: LEGAL.map(empty),
  }),
  scope({
    name: 'smoke.hardware',
    why: 'One unit of every class and line, commissioned and booted in every way, given no backup and one of every kind, altered in every way.',
    slots: [1, 1, 1, 1],
    rules: [...RULES.bench, ...RULES.tamper],
    starts: [[], ...LEGAL.map(empty)],
  }),
  scope({
    name: 'smoke.rollback',
    why: 'An older and a newer backup of one cluster, with different contents, restored onto one unit: it takes two to show that age is not looked at, and that nothing of the former contents stays.',
    slots: [1, 1, 2, 1],
    rules: RULES.bench,
    starts: [emptiedTwice(FIPS)],
  }),
]

/** What takes more time than every test run has. */
export const deep: readonly Scope[] = [
  scope({
    name: 'deep.archive',
    why: 'Five backups of one cluster in every order of states, made by one HSM after another: which is the newest, what a purge closes up and what is given back do not depend on how many there are.',
    slots: [1, 1, 5, 0],
    rules: [...RULES.control, ...RULES.describe, 'Activate', ...RULES.settle, ...RULES.time, ...RULES.fault],
    clusters: [HSM1, NON_FIPS, NEITHER],
  }),
]

export const scopes: readonly Scope[] = [...smoke, ...deep]

/**
 * What may change places: HSM slots, which a final backup refers to. Cluster slots may not, since a new cluster takes the first
 * that is free, be it vacant or DELETED; the slots of backups are in order of age.
 */
export const INTERCHANGEABLE: Symmetry = { kinds: ['hsm'], references: { backup: { final: 'hsm' } } }

/** The scope of that name. */
export const scopeNamed = (name: string): Scope | undefined => scopes.find(scope => scope.name === name)

/** The states that exploration of a scope begins in. Throws where a start takes a step that is not accepted. */
export const starts = (model: CloudHsm, { slots, starts }: Scope): readonly State[] =>
  starts.map(inputs =>
    inputs.reduce(
      (state, input) => {
        const taken = step(model, state, input)
        if (taken.kind === 'taken' && taken.outcome.kind === 'accepted') return taken.after
        throw new Error(`expected a start to be accepted, got ${JSON.stringify(input)}`)
      },
      initial(model, slots),
    ),
  )

/** One model for each combination of choices that a scope explores. */
export const modelsOf = (scope: Scope): readonly CloudHsm[] => scope.choices.map(choices => cloudHsm({ choices }))
