/** The fast explorer: the same states and transitions as the plain one, at millions a second. */
export type { Answer, StateQuestion, StepQuestion } from './questions.ts'
export {
  sweep,
  type Store,
  type Sweep,
  type SweepProgress,
  type Swept,
  type Took,
  type Violation,
  type Way,
} from './sweep.ts'
export type { Symmetry } from './symmetry.ts'
