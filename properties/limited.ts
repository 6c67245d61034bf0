/** What is the matter with a cluster whose HSMs are replaced by others of another type. */
import type { RuleName } from '../model/index.ts'
import { sameContents } from './facts.ts'
import { WRITES } from './writes.ts'
import type { StepReads } from './reads.ts'

/** Operations that change what an HSM holds, or ask for leave to. */
export const isLimitedWrite = (rule: RuleName): boolean =>
  (WRITES as readonly RuleName[]).includes(rule) || rule === 'QuorumToken' || rule === 'ApproveToken'

/** Another HSM, of another type, stands in the place of the one that was there. */
export const isReplaced = ({ before, after }: Pick<StepReads, 'before' | 'after'>, slot: number): boolean => {
  const [was, is] = [before.hsm[slot]?.context, after.hsm[slot]?.context]
  return was?.cluster !== null && was?.cluster === is?.cluster && was?.hsmType !== is?.hsmType
}

/** No HSM is another than it was, nor holds anything else. */
export const areKept = ({ before, after }: Pick<StepReads, 'before' | 'after'>) =>
  before.hsm.every((hsm, slot) => {
    const kept = after.hsm[slot]
    return kept?.context.hsmType === hsm.context.hsmType && sameContents(kept.context.contents, hsm.context.contents)
  })
