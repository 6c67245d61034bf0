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

const beginnings = new WeakMap<CloudHsm, Map<string, State>>()
const steps = new WeakMap<State, Map<string, Step>>()

/** The empty account with these slots; the same object each time. */
export const beginningOf = (model: CloudHsm, slots: AccountSlots): State => {
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
  const taken = known.get(key) ?? step(model, state, input)
  known.set(key, taken)
  return taken
}
