/** Networks of machines: rendezvous of XState machines in slots, whatever they describe. */
export { canonical } from './canonical.ts'
export { guardText, uniqueCause } from './conditions.ts'
export type { EventLike, Kind, Local, NetworkState, Slots, Things } from './kind.ts'
export { initialState, network, stateKey, type Network, type Parts } from './network.ts'
export type { Participant, Reader, Rule } from './rule.ts'
export { step, type Step } from './step.ts'
export { fold, look, type Fold, type Placed, type View } from './view.ts'
