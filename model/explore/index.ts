/** Explorers, and how a run is told. */
export { search, type Exploration, type Search } from './plain.ts'
export { explore, type ExploreOptions, type Explored } from './scope.ts'
export { say, tell, type Told } from './trace.ts'
export {
  sweep,
  type Answer,
  type StateQuestion,
  type StepQuestion,
  type Store,
  type Sweep,
  type SweepProgress,
  type Swept,
  type Symmetry,
  type Violation,
} from './fast/index.ts'
