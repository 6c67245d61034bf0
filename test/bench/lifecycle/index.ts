/** The scope smoke.lifecycle twice, as the model and as Promela written from SPEC.md alone, in the same words. */
export { hasSpin } from '../spin/run.ts'
export { modelled } from './lines.ts'
export { lifecyclePromela } from './promela.ts'
export { shortestRun, spun } from './run.ts'
