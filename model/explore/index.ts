/** Explorers, and how a run is told. */
export { search, type Exploration, type Search } from './plain.ts'
export { explore, type ExploreOptions, type Explored } from './scope.ts'
export { say, tell, type Told } from './trace.ts'
