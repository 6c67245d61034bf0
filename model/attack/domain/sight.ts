/** A state of the model as facts: what the rules have to have derived for it to be allowed for. */
import type { Contents } from '../../machines/contents.ts'
import { CUSTOMER } from '../../machines/words.ts'
import { heldByService } from '../../secrecy.ts'
import type { State } from '../../things.ts'
import { CHOSEN, tokensOf } from './tokens.ts'

/** A world with one cluster of the customer's, in slot 0, and at most one that was created from its backups, in slot 1. */
export interface World {
  readonly cluster: 'fips' | 'nonfips'
  readonly mode: 'FIPS' | 'NON_FIPS'
}

export const WORLDS: readonly World[] = [
  { cluster: 'fips', mode: 'FIPS' },
  { cluster: 'nonfips', mode: 'NON_FIPS' },
]

/** A state, and what no state shows: whether the customer has changed the passwords, and whose firmware the unit runs. */
export interface Sighted {
  readonly state: State
  readonly isChanged: boolean
  readonly code: 'official' | 'evil'
}

/** Where contents come from, written as a term; null for those on the way from one to another. */
export const originOf = ({ cluster }: World, contents: Contents): string | null => {
  const { certificate, key, officerBefore, userBefore, officerNow, userNow } = tokensOf(cluster)
  const { certificates, keys, officer, users } = contents
  if (certificates !== certificate) return null
  if (officer === CHOSEN && keys === 0) return `taken(${cluster})`
  if (keys !== key) return null
  if (officer === officerBefore && users === userBefore) return `snap(${cluster}, before)`
  return officer === officerNow && users === userNow ? `snap(${cluster}, now)` : null
}

/** The unit that an HSM is, by its slot; null where there is none. */
export const unitAt = ({ cluster, mode }: World, { hsm, cluster: clusters }: State, slot: number): string | null => {
  const home = hsm[slot]?.context.cluster ?? null
  if (home === null) return null
  if (home === 0) return `hsm(${cluster})`
  return clusters[home]?.context.account === CUSTOMER ? `spare(${mode})` : `tenant(${mode})`
}

/** The backup in a slot as a term, if it is whole and what an HSM made. */
export const backupAt = (world: World, { backup }: State, slot: number): string | null => {
  const { value, context } = backup[slot] ?? {}
  if ((value !== 'READY' && value !== 'CREATE_IN_PROGRESS') || context?.condition !== 'intact' || context.cluster !== 0)
    return null
  const origin = originOf(world, context.contents)
  const bek = `bek(hsm(${world.cluster}), ${world.mode}, ${origin})`
  return origin === null ? null : `sealed(genuine, akbk, ${world.mode}, ${bek}, ${origin})`
}

const ofHsms = (world: World, { state, isChanged }: Sighted): readonly string[] =>
  state.hsm.flatMap(({ value, context }, slot) => {
    const unit = unitAt(world, state, slot)
    const origin = originOf(world, context.contents)
    if (value !== 'ACTIVE' || unit === null || origin === null) return []
    const isEarly = unit.startsWith('hsm') && !isChanged && origin.startsWith('snap')
    return [`${isEarly ? 'was' : 'holds'}(${unit}, ${world.mode}, ${origin})`]
  })

/** A cluster that was created from a backup stands for an HSM that can be restored and reached. */
const ofCopy = ({ mode }: World, { state }: Sighted): readonly string[] => {
  const { value, context } = state.cluster[1] ?? {}
  if (value === undefined || value === 'vacant' || value === 'DELETED') return []
  const unit = `${context?.account === CUSTOMER ? 'spare' : 'tenant'}(${mode})`
  return [`has(${unit}, genuine, akbk)`, `runs(${unit}, official, ${mode})`, `reached(${unit})`]
}

/** The customer's HSM has failed, and what its cluster has for the next one. */
const ofFailure = (world: World, { state, isChanged }: Sighted): readonly string[] => {
  const own = state.hsm.filter(({ context }) => context.cluster === 0)
  const isDown = state.cluster[0]?.value === 'ACTIVE' && own.length > 0 && own.every(({ value }) => value !== 'ACTIVE')
  const newest = state.backup.findLast(({ value, context }) => value !== 'vacant' && context.cluster === 0)?.context
  if (!isDown || newest === undefined) return []
  const isLate =
    isChanged && newest.condition === 'intact' && originOf(world, newest.contents)?.endsWith('before)') === true
  return [`down(${world.cluster})`, ...(isLate ? [`late(${world.cluster})`] : [])]
}

/** What stands in the archive in the place of something else. */
const ofReplaced = (world: World, { state }: Sighted): readonly string[] =>
  state.backup.flatMap(({ context }) => {
    const origin = originOf(world, context.contents)
    const isSnapshot = context.condition === 'replayed' && origin?.startsWith('snap') === true
    return isSnapshot ? [`replaced(${world.cluster}, ${origin})`] : []
  })

const ofCluster = ({ cluster, mode }: World, { state, isChanged }: Sighted): readonly string[] => {
  const value = state.cluster[0]?.value
  if (value !== 'INITIALIZED' && value !== 'ACTIVE') return []
  return [
    `founded(${cluster})`,
    `has(hsm(${cluster}), genuine, akbk)`,
    `runs(hsm(${cluster}), official, ${mode})`,
    `know(certified(certkey(${cluster})))`,
    ...(isChanged ? [`changed(${cluster})`] : []),
  ]
}

/** The unit on the bench as a term; null where there is none that works. */
export const benchUnit = ({ hardware: [unit] }: State): string | null => {
  if (unit === undefined || unit.value === 'vacant' || unit.value === 'TAMPERED') return null
  const { genuine, commissioned } = unit.context
  return `unit(${genuine ? 'genuine' : 'imitation'}, ${commissioned ? 'akbk' : 'blank'})`
}

const ofBench = (world: World, { state, code }: Sighted): readonly string[] => {
  const [name, unit] = [benchUnit(state), state.hardware[0]]
  const given = heldByService(state).includes('AKBK') ? ['know(akbk)'] : []
  if (name === null || unit === undefined) return given
  const has = `has(${name}, ${name.slice('unit('.length, -1)})`
  const { mode, contents } = unit.context
  if (mode === null) return [...given, has]
  const origin = originOf(world, contents)
  const kept = origin === null ? [] : [`holds(${name}, ${mode}, ${origin})`]
  if (unit.value !== 'OPERATIONAL') return [...given, has, ...kept]
  const read = origin !== null && code === 'evil' ? [`know(contents(${origin}))`] : []
  return [...given, has, `runs(${name}, ${code}, ${mode})`, ...kept, ...read]
}

/** Everything that has to have been derived for the state, as terms written out. */
export const factsOf = (world: World, sighted: Sighted): readonly string[] => [
  ...ofCluster(world, sighted),
  ...ofHsms(world, sighted),
  ...ofCopy(world, sighted),
  ...ofFailure(world, sighted),
  ...ofReplaced(world, sighted),
  ...ofBench(world, sighted),
  ...sighted.state.backup.flatMap((_, slot) => {
    const backup = backupAt(world, sighted.state, slot)
    return backup === null ? [] : [`archived(${backup})`]
  }),
]
