/** An attempt to restore a backup: onto an HSM that joins, or onto the adversary's unit; what each of them is, and what came of it. */
import { label, type Contents, type HsmType, type Mode } from '../model/index.ts'
import { activeContents, codeOf, isQuiet, newestUsable, type Backup } from './facts.ts'
import type { Read, StepReads } from './reads.ts'

export const RESTORES = ['HsmRestored', 'RestoreOnto'] as const
export type Restoring = StepReads<(typeof RESTORES)[number]>

/** What it takes to see an attempt. */
export const ATTEMPT: readonly Read[] = ['cluster', 'hsm', 'backup', 'hardware', 'outcome']

interface Kind {
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
}

export interface Attempt {
  /** What the backup says of itself. */
  readonly label: Kind
  /** What the backup is, whatever it says. */
  readonly backup: Backup['context']
  /** The mode that the hardware's boot ROM established, and its line as a type. */
  readonly own: Kind
  /** The hardware holds MKBK, and AKBK. */
  readonly genuine: boolean
  readonly commissioned: boolean
  readonly was: Contents
  readonly became: Contents
  /** Contents of the peers that an HSM is brought to after its restore. */
  readonly peers: readonly Contents[]
  readonly accepted: boolean
  /** Why not; empty where accepted. */
  readonly code: string
}

/** The attempt that the step is; null where no backup is handed to hardware that is booted. */
export const attemptOf = (step: Restoring): Attempt | null => {
  if (step.outcome.kind === 'disabled') return null
  const { before, after, input } = step
  const target = input.rule === 'HsmRestored' ? hsmOf(before, input.hsm) : unitOf(before)
  const slot = input.rule === 'HsmRestored' ? newestUsable(before, target?.cluster ?? null) : input.backup
  const context = before.backup[slot]?.context
  if (target === null || context === undefined) return null
  const reached = input.rule === 'HsmRestored' ? after.hsm[input.hsm] : after.hardware[0]
  const became = reached?.context.contents ?? target.was
  const came = { became, accepted: step.outcome.kind === 'accepted', code: codeOf(step) }
  return { ...target, label: label(context), backup: context, ...came }
}

const hsmOf = (state: StepReads['before'], slot: number) => {
  const { value, context } = state.hsm[slot] ?? {}
  if (context === undefined || context.cluster === null || value !== 'CREATE_IN_PROGRESS') return null
  if (!isQuiet(state, context.cluster)) return null
  const { mode = null, hsmType = null } = state.cluster[context.cluster]?.context ?? {}
  const peers = activeContents(state, context.cluster)
  const fleet = { genuine: true, commissioned: true }
  return { cluster: context.cluster, own: { mode, hsmType }, ...fleet, was: context.contents, peers }
}

const unitOf = ({ hardware: [unit] }: StepReads['before']) => {
  if (unit?.value !== 'OPERATIONAL' || unit.context.line === null) return null
  const { mode, line, genuine, commissioned, contents } = unit.context
  return {
    cluster: null,
    own: { mode, hsmType: `${line}.medium` as const },
    genuine,
    commissioned,
    was: contents,
    peers: [],
  }
}
