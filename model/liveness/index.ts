/** Liveness: whether what is begun comes to its end, on every run that is fair. */
export { leadsTo, type Answer, type Counterexample, type Extent } from './decide.ts'
export type { Fairness, Strength } from './fairness.ts'
export { graphOf, type Graph, type GraphOptions } from './graph.ts'
export type { LeadsTo } from './monitor.ts'
