/** Security faults: designs and implementations that are broken where secrecy depends on them, each with the check that has to see it. */
import { byteFaults } from './bytes.ts'
import type { SecurityFault } from './fault.ts'
import { symbolicFaults } from './symbolic.ts'
import { twoRunFaults } from './two-run.ts'

export type { SecurityFault } from './fault.ts'

/** By the check that sees them. */
export const securityFaults: readonly SecurityFault[] = [...symbolicFaults, ...byteFaults, ...twoRunFaults]
