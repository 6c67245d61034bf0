/** Two runs by self-composition: pairs of states that look the same to the service are explored together, step by step. */
import {
  RELEASED,
  SECRET_PARTS,
  initial,
  lowLocal,
  step,
  type CloudHsm,
  type Fired,
  type Input,
  type KindName,
  type Part,
  type Release,
  type Scope,
  type State,
  type Step,
  type Taken,
} from '../model/index.ts'
import { renamed } from './renamed.ts'

/** Two states that the service cannot tell apart. */
type Pair = readonly [State, State]
type Local = State[KindName][number]

export interface PairOptions {
  /** Fields of inputs that are the same in both runs, since the service comes to see them; all of `RELEASED` where nothing is said. */
  readonly released?: readonly Release[]
  /** In the second run a write gives what is not there, where the first one may write what is: more pairs, and changes that are none. */
  readonly isChanging?: boolean
  readonly maxPairs?: number
  /** Called once for each pair, in the order of discovery. */
  readonly onPair?: (one: State, other: State) => void
}

/** What tells two runs apart: the steps that both take, and what the service sees after the last one. */
export interface Distinction {
  readonly kind: 'outcome' | 'messages' | 'log' | 'state'
  /** What was seen, in words. */
  readonly what: string
  readonly runs: readonly [readonly Input[], readonly Input[]]
}

export interface Paired {
  readonly verdict: 'holds' | 'broken' | 'undecided'
  readonly pairs: number
  /** Pairs of steps, those included that are refused or not due. */
  readonly steps: number
  /** Parts of contents in which two states of a pair differ somewhere. */
  readonly differing: ReadonlySet<Part>
  readonly distinction: Distinction | null
}

interface Met {
  readonly pair: Pair
  readonly from: number
  readonly inputs: readonly [Input, Input] | null
}

/** Explores all pairs of a scope under one combination of choices, to the first that the service tells apart. */
export const explorePairs = (
  model: CloudHsm,
  scope: Scope,
  { released = RELEASED, isChanging = false, maxPairs = Infinity, onPair }: PairOptions = {},
): Paired => {
  const met: Met[] = []
  const seen = new Set<string>()
  const differing = new Set<Part>()
  const open = RELEASED.filter(release => !released.includes(release))
  const visit = (pair: Pair, from: number, inputs: Met['inputs']): void => {
    const key = keyOf(model, pair)
    if (seen.has(key)) return
    seen.add(key)
    met.push({ pair, from, inputs })
    note(differing, pair)
    onPair?.(...pair)
  }
  let steps = 0
  const report = (verdict: Paired['verdict'], distinction: Distinction | null): Paired => {
    return { verdict, pairs: met.length, steps, differing, distinction }
  }
  for (const inputs of scope.starts) {
    const { pair, distinction } = begin(model, scope, inputs, isChanging)
    if (distinction !== null) return report('broken', distinction)
    visit(pair, -1, null)
  }
  for (let at = 0; at < met.length; at += 1) {
    if (met.length > maxPairs) return report('undecided', null)
    const { pair } = met[at] as Met
    const isOne = isSame(model, pair)
    for (const input of scope.inputs)
      for (const twin of twinsOf(input, pair[1], open, isChanging)) {
        const one = step(model, pair[0], input)
        const other = twin === input && isOne ? one : step(model, pair[1], twin)
        steps += 1
        const found = tellApart(model, one, other)
        if (found !== null) return report('broken', { ...found, runs: runsTo(met, at, [input, twin]) })
        if (one.kind === 'taken' && other.kind === 'taken' && one.outcome.kind !== 'refused')
          visit([one.after, other.after], at, [input, twin])
      }
  }
  return report('holds', null)
}

/** Takes both runs to a start of the scope, where they may be told apart already. */
const begin = (
  model: CloudHsm,
  { slots }: Scope,
  inputs: readonly Input[],
  isChanging: boolean,
): { readonly pair: Pair; readonly distinction: Distinction | null } => {
  let pair: Pair = [initial(model, slots), initial(model, slots)]
  const twins: Input[] = []
  for (const input of inputs) {
    const twin = renamed(input, pair[1], isChanging)
    const [one, other] = [step(model, pair[0], input), step(model, pair[1], twin)]
    const found = tellApart(model, one, other)
    twins.push(twin)
    if (found !== null) return { pair, distinction: { ...found, runs: [inputs.slice(0, twins.length), twins] } }
    if (one.kind !== 'taken' || other.kind !== 'taken' || one.outcome.kind !== 'accepted')
      throw new Error(`expected a start to be accepted, got ${JSON.stringify(input)}`)
    pair = [one.after, other.after]
  }
  return { pair, distinction: null }
}

const NO_TWINS: readonly Release[] = []

/** What the second run is asked: the same with other secrets, and every value of a field that is not released. */
const twinsOf = (input: Input, state: State, open: readonly Release[], isChanging: boolean): readonly Input[] => {
  const twin = renamed(input, state, isChanging)
  const fields = open.length === 0 ? NO_TWINS : open.filter(({ rule }) => rule === input.rule)
  return fields.length === 0
    ? [twin]
    : fields.flatMap(({ field, values }) => values.map(value => ({ ...twin, [field]: value }) as Input))
}

type Found = Omit<Distinction, 'runs'>

const sayOutcome = (taken: Step): string =>
  taken.kind === 'blocked'
    ? `not taken, ${taken.by}`
    : 'code' in taken.outcome
      ? `${taken.outcome.kind} ${taken.outcome.code}`
      : taken.outcome.kind

const codeOf = ({ outcome }: Taken): string => ('code' in outcome ? outcome.code : '')

const isSameOutcome = (one: Step, other: Step): boolean => {
  if (one.kind === 'blocked' || other.kind === 'blocked')
    return one.kind === 'blocked' && other.kind === 'blocked' && one.by === other.by
  return one.outcome.kind === other.outcome.kind && codeOf(one) === codeOf(other)
}

const tellApart = (model: CloudHsm, one: Step, other: Step): Found | null => {
  if (!isSameOutcome(one, other))
    return { kind: 'outcome', what: `${sayOutcome(one)} in one run, ${sayOutcome(other)} in the other` }
  if (one.kind === 'blocked' || other.kind === 'blocked') return null
  return inMessages(one, other) ?? inLog(one, other) ?? inState(model, one, other)
}

const sayMessages = ({ emitted }: Taken): string =>
  emitted.map(({ machine, slot, event }) => `${machine} ${slot + 1} ${JSON.stringify(event)}`).join(', ') || 'nothing'

/** In number, in order, of whom, and in all that a message shows. */
const inMessages = (one: Taken, other: Taken): Found | null => {
  if (one.emitted.length === 0 && other.emitted.length === 0) return null // Most steps, and quickly told.
  const [a, b] = [sayMessages(one), sayMessages(other)]
  return a === b ? null : { kind: 'messages', what: `${a} in one run, ${b} in the other` }
}

const isAlike = (one: Fired, other: Fired | undefined): boolean =>
  one === other || (one.machine === other?.machine && one.slot === other.slot && one.event === other.event)

const logOf = ({ fired }: Taken): string =>
  fired.flatMap(({ machine, slot, event }) => (machine === 'hsm' ? [`HSM ${slot + 1} ${event}`] : [])).join(', ')

const inLog = (one: Taken, other: Taken): Found | null => {
  const isSame =
    one.fired.length === other.fired.length && one.fired.every((fired, at) => isAlike(fired, other.fired[at]))
  if (isSame) return null
  const [a, b] = [logOf(one), logOf(other)]
  return a === b ? null : { kind: 'log', what: `logs of ${a} in one run, of ${b} in the other` }
}

/** In all but the values of secrets. */
const inState = (model: CloudHsm, one: Taken, other: Taken): Found | null => {
  for (const name of model.names) {
    const [a, b]: readonly (readonly Local[])[] = [one.after[name], other.after[name]]
    const wrong = a?.findIndex((local, slot) => {
      const twin = b?.[slot]
      return local !== twin && (twin === undefined || lowLocal(local) !== lowLocal(twin))
    })
    if (wrong !== undefined && wrong !== -1) return { kind: 'state', what: `${name} ${wrong + 1} is not alike` }
  }
  return null
}

/** The two states are one, as long as nothing secret is there. */
const isSame = ({ names }: CloudHsm, [one, other]: Pair): boolean =>
  names.every(name => one[name].every((local, slot) => local === other[name][slot]))

const keyOf = ({ names }: CloudHsm, [one, other]: Pair): string => {
  let key = ''
  for (const name of names) for (const { id } of one[name] as readonly Local[]) key += `${id},`
  key += '|'
  for (const name of names) for (const { id } of other[name] as readonly Local[]) key += `${id},`
  return key
}

/** Notes the parts whose values differ: what is never different is no secret that was looked at. */
const note = (differing: Set<Part>, [one, other]: Pair): void => {
  if (differing.size === SECRET_PARTS.length) return
  one.hsm.forEach(({ context }, slot) => {
    const twin = other.hsm[slot]?.context.contents
    for (const part of SECRET_PARTS)
      if (twin !== undefined && context.contents[part] !== twin[part]) differing.add(part)
  })
}

const runsTo = (met: readonly Met[], at: number, last: readonly [Input, Input]): Distinction['runs'] => {
  const taken = [last]
  for (let one = met[at]; one !== undefined && one.inputs !== null; one = met[one.from]) taken.push(one.inputs)
  const inOrder = taken.toReversed()
  return [inOrder.map(([input]) => input), inOrder.map(([, twin]) => twin)]
}
