/** Names of things and the slots of the model that they stand in, kept up to date from step to step. */
import type { AccountSlots, Input, State, Taken } from '../../model/index.ts'
import { MAKES, NAMEABLE, NAME_FIELDS, nobody, type Event, type Nameable } from './event.ts'

/** For each kind and slot the name of what is there; null for a vacant one. */
export type Names = Readonly<Record<Nameable, readonly (string | null)[]>>

export const noNames = (slots: AccountSlots): Names => ({
  cluster: Array<null>(slots.cluster).fill(null),
  hsm: Array<null>(slots.hsm).fill(null),
  backup: Array<null>(slots.backup).fill(null),
})

const FREE = ['vacant', 'DELETED']
const isFree = (state: State, kind: Nameable, slot: number): boolean =>
  FREE.includes(state[kind][slot]?.value ?? 'vacant')

/** The slot of a name; for the name of something that is not there a vacant slot, which stands for an unknown id. */
const slotOf = (names: Names, state: State, kind: Nameable, name: string): number | null => {
  const slot = names[kind].indexOf(name)
  const at = slot === -1 ? names[kind].findIndex((_, free) => isFree(state, kind, free)) : slot
  return at === -1 ? null : at
}

/** The input of the model that an event is; null where no slot is left to stand for an unknown id. */
export const inputOf = (names: Names, state: State, event: Event): Input | null => {
  const { makes: _makes, ...fields } = event
  const slotted = Object.entries(NAME_FIELDS).flatMap(([field, kind]) => {
    const name = (fields as Readonly<Record<string, unknown>>)[field]
    return typeof name === 'string' ? [[field, slotOf(names, state, kind, name)] as const] : []
  })
  return slotted.some(([, slot]) => slot === null)
    ? null
    : ({ ...fields, ...Object.fromEntries(slotted) } as unknown as Input)
}

/** The event that an input is. `gone` are the names of what was there before, by kind, the latest last. */
export const eventOf = (names: Names, input: Input, gone: Readonly<Record<Nameable, readonly string[]>>): Event => {
  const named = Object.entries(NAME_FIELDS).flatMap(([field, kind]) => {
    const slot = (input as Readonly<Record<string, unknown>>)[field]
    return typeof slot === 'number' ? [[field, names[kind][slot] ?? gone[kind].at(-1) ?? nobody(kind)] as const] : []
  })
  return { ...input, ...Object.fromEntries(named) } as unknown as Event
}

/** The slot of the HSM in whose place the step puts a new one; null where it does not. */
export const replacedBy = ({ fired, outcome }: Taken): number | null =>
  outcome.kind === 'accepted' ? (fired.find(({ event }) => event === 'HsmReplaced')?.slot ?? null) : null

/** Whether the step makes something that wants a name. */
export const makesOf = (event: Event, taken: Taken): Nameable | null => {
  const { created } = taken
  if (replacedBy(taken) !== null) return 'hsm'
  const kind = MAKES[event.rule] ?? null
  return kind !== null && created.some(thing => thing.kind === kind) ? kind : null
}

/** The names after a step. */
export const namesAfter = (before: Names, event: Event, taken: Taken): Names => {
  if (taken.outcome.kind === 'refused') return before
  const made = makesOf(event, taken)
  const name = event.makes ?? (made === null ? '' : `${made}-?`)
  const after = NAMEABLE.map((kind): readonly [Nameable, readonly (string | null)[]] => {
    const to = taken.moved.find(move => move.kind === kind)?.to
    const slots = before[kind].map((_, slot) => {
      const from = to === undefined ? slot : to.indexOf(slot)
      return from === -1 || isFree(taken.after, kind, slot) ? null : (before[kind][from] ?? null)
    })
    return [kind, slots]
  })
  const names = Object.fromEntries(after) as unknown as Record<Nameable, (string | null)[]>
  if (made === null) return names
  const slot = replacedBy(taken) ?? taken.created.find(({ kind }) => kind === made)?.slot ?? -1
  return { ...names, [made]: names[made].map((old, at) => (at === slot ? name : old)) }
}
