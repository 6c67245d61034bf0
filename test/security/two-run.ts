/** What two runs that differ in secrets alone find: leaks planted in the implementation, and in the model. */
import type { SecurityFault } from './fault.ts'
import { implementationLeaks } from './two-run-implementation.ts'
import { modelLeaks } from './two-run-model.ts'

/** Those of the implementation first. */
export const twoRunFaults: readonly SecurityFault[] = [...implementationLeaks, ...modelLeaks]
