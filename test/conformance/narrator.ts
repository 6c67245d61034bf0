/** A narrator puts what the model does into a story: things get names, in the order in which they are made. */
import { withValue, type AccountSlots, type CloudHsm, type Input, type State, type Taken } from '../../model/index.ts'
import { NAMEABLE, type Event, type Nameable, type Story } from './event.ts'
import { eventOf, inputOf, makesOf, namesAfter, noNames, type Names } from './names.ts'
import { beginningOf, stepFrom } from './retaken.ts'

const NOTHING = { cluster: [], hsm: [], backup: [] } as const

/** A story as it is told, its things named by number or as the events that are followed name them. `state` is where the model stands after it. */
export interface Narrator {
  readonly state: () => State
  readonly story: () => Story
  /**
   * Takes an input; a write gets a token of its own. An id that is unknown is that of the thing that went last, if `recall` says so
   * and there is one, else of nothing. Throws on an input that is blocked.
   */
  readonly take: (input: Input, recall: boolean) => Taken
  /** Takes an event of another story; one that cannot happen is passed over. */
  readonly follow: (event: Event) => void
}

export const narrator = (
  model: CloudHsm,
  slots: AccountSlots,
  naming: 'by number' | 'keep names' = 'by number',
): Narrator => {
  const events: Event[] = []
  const gone: Record<Nameable, string[]> = { cluster: [], hsm: [], backup: [] }
  const made: Record<Nameable, number> = { cluster: 0, hsm: 0, backup: 0 }
  let state = beginningOf(model, slots)
  let names: Names = noNames(slots)

  const advance = ({ makes, ...event }: Event, taken: Taken): void => {
    const kind = makesOf(event as Event, taken)
    const name =
      kind === null || (naming === 'keep names' && makes !== undefined) ? makes : `${kind}-${(made[kind] += 1)}`
    const named = (kind === null || name === undefined ? event : { ...event, makes: name }) as Event
    const after = namesAfter(names, named, taken)
    for (const each of NAMEABLE)
      gone[each].push(...names[each].filter(name => name !== null && !after[each].includes(name)).map(String))
    events.push(named)
    state = taken.after
    names = after
  }

  return {
    state: () => state,
    story: () => events,
    take: (input, recall) => {
      const fresh = withValue(input, events.length + 1)
      const taken = stepFrom(model, state, fresh)
      if (taken.kind === 'blocked') throw new Error(`expected a step, got one that is ${taken.by}: ${input.rule}`)
      advance(eventOf(names, fresh, recall ? gone : NOTHING), taken)
      return taken
    },
    follow: event => {
      const input = inputOf(names, state, event)
      const taken = input === null ? null : stepFrom(model, state, input)
      if (taken?.kind === 'taken') advance(event, taken)
    },
  }
}
