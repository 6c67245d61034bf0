/** From a machine of the model to what is drawn of it: states, and edges whose labels are grouped by event. Refusals are rows of tables. */
import { guardText, transitionsOf, type CloudHsm, type KindName, type Transition } from '../../model/index.ts'

/** One way in which an event is answered: under which guard, with which code where it fails, by which clauses. */
export interface Case {
  /** Empty without one. */
  readonly guard: string
  /** Empty where the event is accepted. */
  readonly code: string
  readonly clauses: readonly string[]
}

/** An event with all its cases on one edge, or within one state. */
export interface Label {
  readonly event: string
  /** What the reader has to know beyond the cases; empty otherwise. */
  readonly note: string
  readonly cases: readonly Case[]
}

export interface DrawnState {
  readonly name: string
  /** What the name means where AWS has no such name; empty otherwise. */
  readonly caption: string
  /** Events that are accepted here and lead nowhere else. */
  readonly stays: readonly Label[]
}

export interface Edge {
  readonly from: string
  readonly to: string
  readonly kind: 'accepted' | 'failed'
  readonly labels: readonly Label[]
}

/** A machine as it is drawn. */
export interface Graph {
  readonly machine: KindName
  readonly states: readonly DrawnState[]
  readonly edges: readonly Edge[]
  /** Events that every state accepts and stays, or every state but `vacant`. */
  readonly everywhere: readonly Label[]
  /** Guards that are made of other guards, with what they are made of. */
  readonly abbreviations: readonly (readonly [name: string, meaning: string])[]
}

/** The machines, in the order in which a reader meets them. */
export const MACHINES = ['cluster', 'hsm', 'backup', 'hardware', 'job'] as const satisfies readonly KindName[]

const VACANT = 'vacant'
/** A slot before anything takes it, and once it is empty again, in words. */
const thing = (noun: string) => ({ before: `no such ${noun} yet`, gone: 'DELETED', after: `no such ${noun} any more` })
const EMPTY: Readonly<Record<KindName, ReturnType<typeof thing>>> = {
  cluster: thing('cluster'),
  hsm: thing('HSM'),
  backup: thing('backup'),
  hardware: thing('hardware'),
  job: { before: 'no crash has stopped a job', gone: 'ENDED', after: 'the journal names no job' },
}

/** What one of a kind is called. */
export const NOUNS: Readonly<Record<KindName, string>> = {
  cluster: 'cluster',
  hsm: 'HSM',
  backup: 'backup',
  hardware: 'hardware',
  job: 'job',
}

/** The entries of one machine, in the order in which they are written. */
export const entriesOf = (model: CloudHsm, machine: KindName): readonly Transition[] =>
  transitionsOf(model).filter(entry => entry.machine === machine)

/** The graph of one machine. */
export const graphOf = (model: CloudHsm, machine: KindName): Graph => {
  const entries = entriesOf(model, machine).filter(({ refuse }) => refuse === undefined)
  const names = [...new Set(entriesOf(model, machine).flatMap(({ source, target }) => [source, target]))]
  const reused = model.kinds[machine].free.filter(state => state !== VACANT)
  const stays = entries.filter(({ source, target }) => source === target || reused.includes(source))
  const everywhere = stays.filter(entry => names.every(name => name === VACANT || stays.some(same(entry, name))))
  const moves = entries.filter(entry => !stays.includes(entry))
  const noun = NOUNS[machine]
  const { before, gone, after } = EMPTY[machine]
  const captionOf = (name: string) => {
    if (name === VACANT) return before
    return reused.includes(name) ? after : ''
  }
  const states = names.map(name => ({
    name,
    caption: captionOf(name),
    stays: labelsOf(
      stays.filter(entry => entry.source === name && !everywhere.includes(entry)),
      ({ target }) => (target === name ? '' : `another ${noun} takes the slot`),
    ),
  }))
  const isEmptied = moves.some(({ target }) => target === VACANT)
  const emptied = { name: gone, caption: `${after}: vacant again`, stays: [] }
  return {
    machine,
    states: isEmptied ? [...states, emptied] : states,
    edges: edgesOf(moves.map(entry => (entry.target === VACANT ? { ...entry, target: gone } : entry))),
    everywhere: labelsOf(everywhere, entry =>
      stays.some(same(entry, VACANT)) ? 'in every state' : 'in every state but vacant',
    ),
    abbreviations: abbreviationsOf(model, machine),
  }
}

const same = (entry: Transition, source: string) => (other: Transition) =>
  other.source === source && other.event === entry.event && other.guard === entry.guard && other.clause === entry.clause

const edgesOf = (moves: readonly Transition[]): readonly Edge[] => {
  const kindOf = ({ fail }: Transition) => (fail === undefined ? 'accepted' : 'failed')
  const between = Map.groupBy(moves, entry => `${entry.source} ${entry.target} ${kindOf(entry)}`)
  return [...between.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    return [{ from: first.source, to: first.target, kind: kindOf(first), labels: labelsOf(group, () => '') }]
  })
}

const labelsOf = (entries: readonly Transition[], noteOf: (entry: Transition) => string): readonly Label[] =>
  [...Map.groupBy(entries, ({ event }) => event)].map(([event, group]) => {
    const failed = group.filter(({ fail }) => fail !== undefined)
    const done = group.filter(({ fail }) => fail === undefined)
    const note = [...new Set(group.map(noteOf))].filter(text => text !== '').join(', ')
    return failed.length > 1
      ? { event, note: 'guards of failures in the table', cases: [...distinct(done), ...byCode(failed)] }
      : { event, note, cases: distinct(group) }
  })

/** One case a code: what a crowded edge has room for. */
const byCode = (group: readonly Transition[]): readonly Case[] =>
  [...Map.groupBy(group, ({ fail }) => fail ?? '')].map(([code, cases]) => ({
    guard: '',
    code,
    clauses: [...new Set(cases.map(({ clause }) => clause))],
  }))

const distinct = (group: readonly Transition[]): readonly Case[] =>
  [...Map.groupBy(group, ({ guard, fail, clause }) => `${guard} ${fail} ${clause}`).values()].flatMap(([first]) =>
    first === undefined ? [] : [{ guard: first.guard, code: first.fail ?? '', clauses: [first.clause] }],
  )

/** XState's `and` and `or` are functions that carry the guards they join. */
const isComposite = (guard: unknown): boolean => typeof guard === 'function' && 'guards' in guard

const abbreviationsOf = (model: CloudHsm, machine: KindName): Graph['abbreviations'] =>
  Object.entries(model.machines[machine].implementations.guards).flatMap(([name, guard]: [string, unknown]) =>
    isComposite(guard) ? [[name, guardText(guard)] as const] : [],
  )
