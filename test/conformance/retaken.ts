/** Steps of the model that were taken before are remembered: the same stories are told to one target after the other. */
import {
  initial,
  step,
  type AccountSlots,
  type CloudHsm,
  type Input,
  type State,
  type Step,
} from '../../model/index.ts'

/** Steps that are remembered at most; then all are forgotten, since walks, unlike tours, are not told again. */
const MOST = 40_000

/** What is known of each state, held by the empty accounts that all runs begin with. */
let beginnings = new WeakMap<CloudHsm, Map<string, State>>()
let steps = new WeakMap<State, Map<string, Step>>()
let count = 0

const forget = (): void => {
  beginnings = new WeakMap()
  steps = new WeakMap()
  count = 0
}

/** The empty account with these slots; the same object each time, until much was remembered. */
export const beginningOf = (model: CloudHsm, slots: AccountSlots): State => {
  if (count > MOST) forget()
  const known = beginnings.get(model) ?? new Map<string, State>()
  beginnings.set(model, known)
  const key = JSON.stringify(slots)
  const state = known.get(key) ?? initial(model, slots)
  known.set(key, state)
  return state
}

/** The step that the model takes; the same object each time for one state, which has to be of that model. */
export const stepFrom = (model: CloudHsm, state: State, input: Input): Step => {
  const known = steps.get(state) ?? new Map<string, Step>()
  steps.set(state, known)
  const key = JSON.stringify(input)
  const remembered = known.get(key)
  if (remembered !== undefined) return remembered
  const taken = step(model, state, input)
  known.set(key, taken)
  count += 1
  return taken
}
