/** Which settles are due in a state, those included that only the number of slots keeps from taking place. */
import { step, type CloudHsm } from './cloudhsm.ts'
import { stateKey } from './network/network.ts'
import type { Input } from './input.ts'
import type { AccountSlots, State } from './things.ts'
import { RULES, inputsOf } from './vocabulary.ts'

/** Rules that are due when their first participant takes them: the day that is over is none of them. */
const DUE = [...RULES.settle, 'ClusterBackedUp'] as const

export interface Due {
  readonly input: Input
  /** `bound`: due, but the scope has no free slot for what it makes. */
  readonly blocked: 'bound' | null
}

const remembered = new Map<string, readonly Input[]>()

const settlesFor = (slots: AccountSlots): readonly Input[] => {
  const key = `${slots.cluster},${slots.hsm},${slots.backup}`
  const known = remembered.get(key) ?? inputsOf(DUE, { slots, clusters: [], values: [] })
  remembered.set(key, known)
  return known
}

const dueIn = (model: CloudHsm, state: State, slots: AccountSlots): readonly Due[] =>
  settlesFor(slots).flatMap((input): readonly Due[] => {
    const taken = step(model, state, input)
    if (taken.kind === 'taken') return [{ input, blocked: null }]
    return taken.by === 'bound' ? [{ input, blocked: 'bound' }] : []
  })

/** What was due before, in each state of each model: stories pass through the same states again and again. */
const known = new WeakMap<CloudHsm, Map<string, readonly Due[]>>()

/** The same by the state itself, which is found sooner than a state like it. */
const knownItself = new WeakMap<CloudHsm, WeakMap<State, readonly Due[]>>()

/** The settles that are due, in the order of the rules. */
export const pending = (model: CloudHsm, state: State): readonly Due[] => {
  const ofModel = knownItself.get(model) ?? new WeakMap<State, readonly Due[]>()
  knownItself.set(model, ofModel)
  const due = ofModel.get(state) ?? pendingAlike(model, state)
  ofModel.set(state, due)
  return due
}

const pendingAlike = (model: CloudHsm, state: State): readonly Due[] => {
  const { cluster, hsm, backup, hardware } = state
  const slots = { cluster: cluster.length, hsm: hsm.length, backup: backup.length, hardware: hardware.length }
  const ofModel = known.get(model) ?? new Map<string, readonly Due[]>()
  known.set(model, ofModel)
  const key = `${Object.values(slots).join(',')}:${stateKey(model.names, state)}`
  const due = ofModel.get(key) ?? dueIn(model, state, slots)
  ofModel.set(key, due)
  return due
}
