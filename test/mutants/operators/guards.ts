/** Operators on guards: one condition of an entry, or of a guard that is a conjunction itself, dropped, negated, or replaced by one that has an answer there. */
import type { AnyStateMachine } from 'xstate'
import { evaluate, type CloudHsm, type Edit, type KindName } from '../../../model/index.ts'
import { conditionsOf, guardOf, say, type Condition } from '../guards.ts'
import { mutant, type Concerns, type Mutant } from '../mutant.ts'
import { nameOf, placesOf, replace, type Place } from '../places.ts'
import type { Given, Survey } from '../survey.ts'

/** A guard somewhere: what it is a conjunction of, and how another is put in its place. */
interface Guarded {
  readonly where: string
  readonly conditions: readonly Condition[]
  readonly concerns: Concerns
  /** Guards that answer for the same events, by name. */
  readonly others: readonly string[]
  readonly edit: (conditions: readonly Condition[]) => Edit
  /** Whether a guard of these conditions has an answer wherever it would be asked. */
  readonly isAnswered: (conditions: readonly Condition[]) => boolean
}

const isChoice = (name: string): boolean => name.startsWith('choice.')

/** Names of all guards in the entries of a machine on this event, whatever the state. */
const askedOn = (places: readonly Place[], machine: KindName, event: string): readonly string[] => {
  const found = places.filter(place => place.machine === machine && place.event === event)
  const names = found.flatMap(({ entry }) => conditionsOf(entry.guard) ?? []).map(({ name }) => name)
  return [...new Set(names)].filter(name => !isChoice(name))
}

/** Some guards look at what is not always there, and throw where it is not: a machine with such a one in the wrong place is none. */
const answers = (machine: AnyStateMachine, conditions: readonly Condition[], given: readonly Given[]): boolean => {
  const guard = guardOf(conditions)
  try {
    for (const one of given) if (guard !== undefined) evaluate(machine, guard, one)
    return true
  } catch {
    return false
  }
}

const guardedEntry = (model: CloudHsm, survey: Survey, places: readonly Place[], place: Place): readonly Guarded[] => {
  const conditions = conditionsOf(place.entry.guard)
  if (conditions === null || conditions.length === 0) return []
  const { machine, event, entry } = place
  const { guard: _, ...unguarded } = entry
  const given = survey.arenas.flatMap(({ asked }) => [
    ...(asked.get(`${machine}/${place.state}/${event}`)?.values() ?? []),
  ])
  return [
    {
      where: nameOf(place),
      conditions,
      concerns: { machine, events: [event] },
      others: askedOn(places, machine, event),
      isAnswered: after => answers(model.machines[machine], after, given),
      edit: after => replace(place, [after.length === 0 ? unguarded : { ...unguarded, guard: guardOf(after) }]),
    },
  ]
}

/** Puts another guard under the name of one. */
const provide = (machine: KindName, name: string, conditions: readonly Condition[]): Edit => ({
  what: `edits the guard ${name} of ${machine}`,
  apply: parts => {
    const kind = parts.kinds[machine]
    const guard = conditions.length === 0 ? () => true : guardOf(conditions)
    const edited = kind.machine.provide({ guards: { [name]: guard as never } }) as AnyStateMachine
    return { ...parts, kinds: { ...parts.kinds, [machine]: { ...kind, machine: edited } } }
  },
})

/** Guards with a name that are conjunctions of others. */
const guardedNames = (model: CloudHsm, places: readonly Place[]): readonly Guarded[] =>
  (Object.keys(model.machines) as readonly KindName[]).flatMap(machine =>
    Object.entries(model.machines[machine].implementations.guards).flatMap(([name, guard]) => {
      const conditions = typeof guard === 'function' && 'guards' in guard ? conditionsOf(guard) : null
      if (conditions === null) return []
      const own = places.filter(place => place.machine === machine)
      const asking = own.filter(({ entry }) => conditionsOf(entry.guard)?.some(one => one.name === name) === true)
      const events = [...new Set(asking.map(({ event }) => event))]
      return [
        {
          where: `${machine} guard ${name}`,
          conditions,
          concerns: { machine, events },
          others: [],
          isAnswered: () => true,
          edit: (after: readonly Condition[]) => provide(machine, name, after),
        },
      ]
    }),
  )

const mutantsOf = ({ where, conditions, concerns, others, isAnswered, edit }: Guarded): readonly Mutant[] =>
  conditions.flatMap((condition, at) => {
    const { name, isNegated } = condition
    const negated = { name, isNegated: !isNegated }
    const rest = conditions.filter((_, other) => other !== at)
    const replacing = others.filter(other => !conditions.some(one => one.name === other))
    return [
      mutant('guard dropped', `${where}, without ${say(condition)}`, concerns, edit(rest)),
      mutant('guard negated', `${where}, ${say(negated)}`, concerns, edit(conditions.with(at, negated))),
      // Last, since some guards have an answer only where those before them said yes.
      ...replacing.flatMap(other => {
        const replaced = { name: other, isNegated }
        const what = `${where}, ${say(replaced)} for ${say(condition)}`
        const after = [...rest, replaced]
        return isAnswered(after) ? [mutant('guard replaced', what, concerns, edit(after))] : []
      }),
    ]
  })

export const guardMutants = (model: CloudHsm, survey: Survey): readonly Mutant[] => {
  const places = placesOf(model)
  return [
    ...places.flatMap(place => guardedEntry(model, survey, places, place)),
    ...guardedNames(model, places),
  ].flatMap(mutantsOf)
}
