/** The rules against the model, one step at a time: what a step brings about has to have been derived from what it takes. */
import { cloudHsm, initial, step, type CloudHsm, type Taken } from '../../cloudhsm.ts'
import { reader, type Program } from '../clause.ts'
import type { Input } from '../../input.ts'
import { saturate, type Saturation } from '../saturate.ts'
import type { Term } from '../term.ts'
import { LANGUAGE } from './language.ts'
import { backupAt, factsOf, originOf, unitAt, WORLDS, type Sighted, type World } from './sight.ts'
import { tokensOf } from './tokens.ts'
import { inFleet, onBench, type Try } from './tries.ts'

/** One step of the model: what it takes and what is so afterwards, as facts. */
export interface Seen {
  readonly says: string
  readonly needs: Try['needs']
  readonly before: readonly Term[]
  readonly after: readonly Term[]
}

const read = reader(LANGUAGE)
const memo = new Map<string, Term>()
const factOf = (text: string): Term => {
  const found = memo.get(text) ?? read(text)
  memo.set(text, found)
  return found
}

const SLOTS = { cluster: 2, hsm: 2, backup: 2, hardware: 1 }

const isDone = ({ cluster }: World, { state, isChanged }: Sighted): boolean =>
  isChanged ||
  state.hsm.some(({ value, context }) => {
    const origin =
      context.cluster === 0 && value === 'ACTIVE' ? originOf({ cluster, mode: 'FIPS' }, context.contents) : null
    return origin === `snap(${cluster}, now)`
  })

/** What HSMs have given to each other in a step: readable to whoever carries it. */
const carried = (world: World, before: Sighted, { emitted }: Taken): readonly string[] =>
  emitted.flatMap(({ machine, slot, event }) => {
    const { value, context } = before.state.hsm[slot] ?? {}
    const [unit, origin] = [unitAt(world, before.state, slot), context && originOf(world, context.contents)]
    if (machine !== 'hsm' || event.type !== 'synchronisation' || value !== 'ACTIVE' || unit === null || !origin)
      return []
    return [`know(sealed(genuine, akbk, ${world.mode}, mask(${unit}, ${world.mode}, ${origin}), ${origin}))`]
  })

interface Took {
  readonly after: Sighted
  readonly taken: Taken
}

const take = (model: CloudHsm, world: World, from: Sighted, { inputs, code = from.code }: Try): Took | null => {
  let state = from.state
  let last: Taken | null = null
  for (const input of inputs) {
    const taken = step(model, state, input)
    if (taken.kind !== 'taken' || taken.outcome.kind === 'refused') return null
    state = taken.after
    last = taken
  }
  if (last === null) return null
  const moved = { state, isChanged: from.isChanged, code }
  return { after: { ...moved, isChanged: isDone(world, moved) }, taken: last }
}

const nameOf = ({ state, isChanged, code }: Sighted): string =>
  [...Object.values(state).flatMap(locals => locals.map(({ id }) => id)), isChanged, code].join('|')

/** What a step showed that its situation did not; null where it showed nothing. */
const seenIn = (
  says: string,
  needs: Try['needs'],
  before: ReadonlySet<string>,
  knows: readonly string[],
  after: readonly string[],
): readonly [string, Seen] | null => {
  const fresh = after.filter(fact => !before.has(fact))
  if (fresh.length === 0) return null
  const known = [...before, ...knows]
  const seen = { says, needs, before: known.map(factOf), after: fresh.map(factOf) }
  const ids = [...seen.before, ...seen.after].map(({ id }) => id)
  return [
    [
      says,
      needs.join('|'),
      ...ids.slice(0, known.length).toSorted((x, y) => x - y),
      '=>',
      ...ids.slice(known.length),
    ].join(),
    seen,
  ]
}

/** All steps of a world from here, each situation once. */
const explore = (model: CloudHsm, world: World, start: Sighted, triesOf: typeof inFleet): readonly Seen[] => {
  const seen = new Map<string, Seen>()
  const situations = [start]
  const known = new Map<string, readonly string[]>()
  const look = (sighted: Sighted): readonly string[] => {
    const name = nameOf(sighted)
    const facts = known.get(name) ?? factsOf(world, sighted)
    known.set(name, facts)
    return facts
  }
  look(start)
  for (const from of situations) {
    const before = new Set(look(from))
    for (const tried of triesOf(world, from)) {
      const took = take(model, world, from, tried)
      if (took === null) continue
      const says = tried.inputs.map(({ rule }) => rule).join(', ')
      const isNew = !known.has(nameOf(took.after))
      const reaches = took.taken.outcome.kind === 'accepted' ? tried.reaches : []
      const given = tried.needs.map(needs => [...needs, 'carry'])
      for (const noted of [
        seenIn(says, tried.needs, before, tried.knows, [...look(took.after), ...reaches]),
        seenIn(says, given, before, tried.knows, carried(world, from, took.taken)),
      ])
        if (noted !== null) seen.set(...noted)
      if (isNew && tried.isLast !== true) situations.push(took.after)
    }
  }
  return [...seen.values()]
}

/** The customer's cluster with a backup from before the passwords were changed, and one from after. */
const archived = (model: CloudHsm, { cluster: name, mode }: World): Sighted => {
  const { certificate, officerBefore, userBefore, key, officerNow, userNow } = tokensOf(name)
  const [cluster, hsm] = [0, 0]
  const inputs: readonly Input[] = [
    { rule: 'CreateCluster', hsmType: 'hsm2m.medium', mode, source: null },
    { rule: 'ClusterCreated', cluster },
    { rule: 'CreateHsm', cluster },
    { rule: 'HsmProvisioned', hsm },
    { rule: 'InitializeCluster', cluster, certificate: 'matching', value: certificate },
    { rule: 'ClusterInitialized', cluster },
    { rule: 'Activate', cluster, value: officerBefore },
    { rule: 'ClusterActivated', cluster },
    { rule: 'CreateUser', cluster, as: 'CO', user: 'CU', value: userBefore },
    { rule: 'GenerateKey', cluster, as: 'CU', value: key },
    { rule: 'ClusterBackedUp', cluster },
    { rule: 'BackupSealed', backup: 0 },
    { rule: 'ChangePassword', cluster, as: 'CU', user: 'CU', value: userNow },
    { rule: 'ChangePassword', cluster, as: 'CO', user: 'CO', value: officerNow },
    { rule: 'Day' },
    { rule: 'ClusterBackedUp', cluster },
    { rule: 'BackupSealed', backup: 1 },
  ]
  const state = inputs.reduce(
    (before, input) => {
      const taken = step(model, before, input)
      if (taken.kind !== 'taken') throw new Error(`expected ${input.rule} to be taken, got ${taken.by}`)
      return taken.after
    },
    initial(model, SLOTS),
  )
  return { state, isChanged: true, code: 'official' }
}

/** Who reads the archive, or has kept an old backup, knows what is in it. */
const readings = (world: World, { state }: Sighted): readonly Seen[] =>
  state.backup.flatMap((_, slot) => {
    const backup = backupAt(world, state, slot)
    if (backup === null) return []
    const needs = [['archive'], ...(backup.endsWith('before))') ? [['old-backup']] : [])]
    return [{ says: 'read', needs, before: [factOf(`archived(${backup})`)], after: [factOf(`know(${backup})`)] }]
  })

/** Steps of the model in both worlds on the bench, with two backups in the archive. */
export const stepsOnBench = (model: CloudHsm = cloudHsm()): readonly Seen[] =>
  WORLDS.flatMap(world => {
    const full = archived(model, world)
    return [...explore(model, world, full, onBench), ...readings(world, full)]
  })

/** Steps of the model in both worlds on the fleet, from the empty account, and on the bench. */
export const stepsSeen = (model: CloudHsm = cloudHsm()): readonly Seen[] => [
  ...WORLDS.flatMap(world =>
    explore(model, world, { state: initial(model, SLOTS), isChanged: false, code: 'official' }, inFleet),
  ),
  ...stepsOnBench(model),
]

/** What the model brings about and the rules do not derive, for one set of capabilities, one line each. */
export const omissions = (
  rules: Program,
  capabilities: readonly string[],
  seen: readonly Seen[],
  { derived }: Saturation = saturate(rules, { capabilities }),
): readonly Seen[] =>
  seen.filter(
    ({ needs, before, after }) =>
      needs.some(set => set.every(need => capabilities.includes(need))) &&
      before.every(fact => derived.has(fact)) &&
      !after.every(fact => derived.has(fact)),
  )
