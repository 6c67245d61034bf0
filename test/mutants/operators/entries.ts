/** Operators on entries: another target, an action less, an acceptance for a refusal, and no entry at all for what the service does by itself. */
import type { CloudHsm, RawEntry } from '../../../model/index.ts'
import { mutant, type Mutant } from '../mutant.ts'
import { actionsOf, nameOf, placesOf, replace, type Place } from '../places.ts'

const isRefusal = ({ meta }: RawEntry): boolean => meta?.refuse !== undefined

const concernsOf = ({ machine, event }: Place) => ({ machine, events: [event] })

const retargeted = (place: Place): readonly Mutant[] => {
  const { entry, state, states } = place
  if (isRefusal(entry)) return []
  const others = states.filter(other => other !== (entry.target ?? state))
  return others.map(target =>
    mutant(
      'target changed',
      `${nameOf(place)}, to ${target}`,
      concernsOf(place),
      replace(place, [{ ...entry, target }]),
    ),
  )
}

const idle = (place: Place): readonly Mutant[] => {
  const actions = actionsOf(place.entry)
  return actions.map((action, at) => {
    const edited = { ...place.entry, actions: actions.filter((_, other) => other !== at) }
    return mutant('action dropped', `${nameOf(place)}, without ${action}`, concernsOf(place), replace(place, [edited]))
  })
}

/** What is refused is accepted as the event is accepted elsewhere in the state, or without effect. */
const accepting = (place: Place): readonly Mutant[] => {
  const { entry, siblings } = place
  if (!isRefusal(entry)) return []
  const accepted = siblings.find(({ meta }) => meta?.refuse === undefined && meta?.bound === undefined)
  const { guard: _, ...by } = accepted ?? { description: 'is accepted', meta: { clause: entry.meta?.clause ?? '' } }
  const edited: RawEntry = entry.guard === undefined ? by : { ...by, guard: entry.guard }
  return [mutant('refusal made acceptance', nameOf(place), concernsOf(place), replace(place, [edited]))]
}

/** `isOwn`: the service sends it by itself. */
const unrecovered = (place: Place, isOwn: boolean): readonly Mutant[] =>
  isOwn && !isRefusal(place.entry)
    ? [mutant('recovery dropped', nameOf(place), concernsOf(place), replace(place, []))]
    : []

/** `own`: what the service does by itself, as `machine/Event`. */
export const entryMutants = (model: CloudHsm, own: ReadonlySet<string>): readonly Mutant[] =>
  placesOf(model).flatMap(place => [
    ...retargeted(place),
    ...idle(place),
    ...accepting(place),
    ...unrecovered(place, own.has(`${place.machine}/${place.event}`)),
  ])
