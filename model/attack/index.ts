/** Symbolic attackers: what can be derived from what they see and may do, and whether a run shows it. */
export { lint, program, reader, type Language, type Program, type Rule, type Written } from './clause.ts'
export { lattice, type Antichain, type Asked } from './lattice.ts'
export { cheapest, movesOf, stepsOf, type Step } from './proof.ts'
export { replay, type Replayed, type Theatre } from './run.ts'
export { saturate, type Derived, type Given, type Limits, type Saturation } from './saturate.ts'
export { parse, show, term, type Term } from './term.ts'
export { judge, type Question, type Verdict } from './verdict.ts'
