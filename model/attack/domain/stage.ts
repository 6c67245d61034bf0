/** The world in which derivations are replayed: an account of the model, what the attacker knows of it, and the inputs so far. */
import { cloudHsm, initial, step, type CloudHsm, type Taken } from '../../cloudhsm.ts'
import type { Input } from '../../input.ts'
import type { Contents } from '../../machines/contents.ts'
import type { State } from '../../things.ts'

/** An input of the run, who sends it, and what comes of it. */
export interface Told {
  readonly by: 'customer' | 'service' | 'attacker'
  readonly input: Input
  readonly outcome: Taken['outcome']
}

/** A backup of the run: which BEK it has, where it is, and what was sealed in it. */
export interface Kept {
  readonly bek: string
  readonly slot: number
  readonly contents: Contents
}

export interface Stage {
  readonly model: CloudHsm
  readonly account: State
  readonly told: readonly Told[]
  /** Slots of clusters, and of the HSM in each, by the unit's name: `hsm(fips)`, `spare(FIPS)` for the newest of those. */
  readonly clusters: Readonly<Record<string, number>>
  readonly hsms: Readonly<Record<string, number>>
  readonly backups: readonly Kept[]
  /** The unit on the bench, by its name, and the firmware that it was booted with. */
  readonly bench: string
  readonly code: string
  /** Tokens of passwords, by cluster, that the attacker knows once they are no more the customer's. */
  readonly former: Readonly<Record<string, readonly number[]>>
  /** Classes of the manufacturer's keys that it signs firmware with. */
  readonly signs: readonly string[]
  /** Tokens of passwords that it knows. */
  readonly known: readonly number[]
  /** Facts that a move has brought about and that no state shows: a password was guessed, a key has computed, a client was deceived. */
  readonly reached: readonly string[]
}

const SLOTS = { cluster: 5, hsm: 6, backup: 6, hardware: 1 }

/** The account in which nothing was created. */
export const emptyStage = (
  { former, signs }: Pick<Stage, 'former' | 'signs'>,
  model: CloudHsm = cloudHsm(),
): Stage => ({
  model,
  account: initial(model, SLOTS),
  told: [],
  clusters: {},
  hsms: {},
  backups: [],
  bench: '',
  code: '',
  former,
  signs,
  known: [],
  reached: [],
})

/** What a run does next; null where it cannot. */
export type Act = (stage: Stage) => Stage | null

/** Several, one after the other. */
export const all =
  (...acts: readonly Act[]): Act =>
  stage =>
    acts.reduce<Stage | null>((before, act) => before && act(before), stage)

/** One input, which has to come out as expected: accepted, where nothing else is said. The slot -1 is of nothing. */
export const send =
  (by: Told['by'], inputOf: (stage: Stage) => Input | null, expected: string = 'accepted'): Act =>
  stage => {
    const input = inputOf(stage)
    if (input === null || Object.values(input).includes(-1)) return null
    const taken = step(stage.model, stage.account, input)
    if (taken.kind !== 'taken' || taken.moved.length > 0) return null
    const { outcome, after } = taken
    if ((outcome.kind === 'accepted' ? 'accepted' : outcome.code) !== expected) return null
    return { ...stage, account: after, told: [...stage.told, { by, input, outcome }] }
  }

/** The slot that the last thing of a kind will take. */
const freeSlot = ({ account }: Stage, kind: 'cluster' | 'hsm' | 'backup'): number =>
  account[kind].findIndex(({ value }) => value === 'vacant')

/** A cluster is created for a unit by that name, and settles; `more` is what the request says besides. */
export const createCluster =
  (by: Told['by'], name: string, more: (stage: Stage) => Partial<Input> | null, mode: string): Act =>
  stage => {
    const cluster = freeSlot(stage, 'cluster')
    const said = more(stage)
    if (said === null) return null
    const input = { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode, source: null, ...said } as Input
    return all(
      send(by, () => input),
      send('service', () => ({ rule: 'ClusterCreated', cluster })),
      before => ({ ...before, clusters: { ...before.clusters, [name]: cluster } }),
    )(stage)
  }

/** An HSM is created in the cluster of a unit by that name. */
export const createHsm =
  (by: Told['by'], name: string): Act =>
  stage => {
    const [hsm, cluster] = [freeSlot(stage, 'hsm'), stage.clusters[name] ?? -1]
    return all(
      send(by, () => ({ rule: 'CreateHsm', cluster })),
      before => ({ ...before, hsms: { ...before.hsms, [name]: hsm } }),
    )(stage)
  }

/** The HSM of a unit by that name is backed up, and the backup, known by its BEK, is sealed. */
export const backUp =
  (name: string, bek: string): Act =>
  stage => {
    const [cluster, hsm, backup] = [stage.clusters[name] ?? -1, stage.hsms[name] ?? -1, freeSlot(stage, 'backup')]
    const has = stage.account.backup.some(({ context }) => context.cluster === cluster)
    const contents = stage.account.hsm[hsm]?.context.contents
    if (cluster === -1 || contents === undefined) return null
    return all(
      ...(has ? [send('service', () => ({ rule: 'Day' as const }))] : []),
      send('service', () => ({ rule: 'ClusterBackedUp', cluster })),
      send('service', () => ({ rule: 'BackupSealed', backup })),
      before => ({ ...before, backups: [...before.backups, { bek, slot: backup, contents }] }),
    )(stage)
  }

/** What an HSM of a unit by that name holds; null where it is not ACTIVE. */
export const contentsOf = ({ account, hsms }: Stage, name: string): Contents | null => {
  const found = account.hsm[hsms[name] ?? -1]
  return found?.value === 'ACTIVE' ? found.context.contents : null
}

/** What the unit on the bench holds; null where it is not OPERATIONAL. */
export const benchContents = ({ account: { hardware } }: Stage): Contents | null => {
  const [unit] = hardware
  return unit?.value === 'OPERATIONAL' ? unit.context.contents : null
}
