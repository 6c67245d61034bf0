/** An attempt to restore a backup: onto an HSM that joins, or onto the adversary's unit; what each of them is, and what came of it. */
import { label, type Contents, type HsmType, type Mode } from '../model/index.ts'
import { activeContents, codeOf, hasActive, isQuiet, newestUsable, type Backup } from './facts.ts'
import type { Read, StepReads } from './reads.ts'

export const RESTORES = ['HsmRestored', 'RestoreOnto'] as const
export type Restoring = StepReads<(typeof RESTORES)[number]>

/** What it takes to see an attempt. */
export const ATTEMPT: readonly Read[] = ['cluster', 'hsm', 'facts', 'backup', 'hardware', 'outcome']

interface Kind {
  readonly mode: Mode | null
  readonly hsmType: HsmType | null
}

/** What a backup is handed to. */
interface Target {
  /** The mode that the hardware's boot ROM established, and its line as a type. */
  readonly own: Kind
  /** The hardware holds MKBK, and AKBK. */
  readonly genuine: boolean
  readonly commissioned: boolean
  readonly was: Contents
  /** Contents of the peer that an HSM is brought to after its restore; undefined without one. */
  readonly hasPeer: boolean
  readonly peer: Contents | undefined
}

/** Each thing is looked at when it is asked for, so that a property reads no more than it needs. */
export interface Attempt {
  /** What the backup says of itself. */
  readonly label: Kind
  /** What the backup is, whatever it says. */
  readonly backup: Backup['context']
  /** Modes and types of the backups that its parts are of: of the wrapped BEK, and of any. */
  readonly wrappedBy: Kind
  readonly pieces: readonly Kind[]
  readonly onto: Target
  readonly became: Contents
  readonly accepted: boolean
  /** Why not; empty where accepted. */
  readonly code: string
}

/** The attempt that the step is; null where no backup is handed to hardware that is booted. */
export const attemptOf = (step: Restoring): Attempt | null => {
  if (step.outcome.kind === 'disabled') return null
  const { before, after, input } = step
  const onto = input.rule === 'HsmRestored' ? hsmOf(before, input.hsm) : unitOf(before)
  if (onto === null) return null
  const slot = input.rule === 'HsmRestored' ? sourceOf(before, input.hsm) : input.backup
  const context = before.backup[slot]?.context
  if (context === undefined) return null
  return {
    backup: context,
    get wrappedBy() {
      return context.condition === 'spliced wrapped' ? (context.spliced ?? context) : context
    },
    get pieces() {
      return context.spliced === null ? [context] : [context, context.spliced]
    },
    onto,
    accepted: step.outcome.kind === 'accepted',
    code: codeOf(step),
    get label() {
      return label(context)
    },
    get became() {
      const reached = input.rule === 'HsmRestored' ? after.hsm[input.hsm] : after.hardware[0]
      return reached?.context.contents ?? onto.was
    },
  }
}

const homeOf = ({ hsm }: StepReads['before'], slot: number) => hsm[slot]?.context.cluster ?? null
const sourceOf = (state: StepReads['before'], slot: number) => newestUsable(state, homeOf(state, slot))

/** The fleet is honest hardware, of the mode and line of its cluster. */
const hsmOf = (state: StepReads['before'], slot: number): Target | null => {
  const [hsm, home] = [state.hsm[slot], homeOf(state, slot)]
  if (hsm?.value !== 'CREATE_IN_PROGRESS' || home === null || !isQuiet(state, home)) return null
  return {
    own: state.cluster[home]?.context ?? { mode: null, hsmType: null },
    genuine: true,
    commissioned: true,
    get was() {
      return hsm.context.contents
    },
    get hasPeer() {
      return hasActive(state, home)
    },
    get peer() {
      return activeContents(state, home)[0]
    },
  }
}

const unitOf = ({ hardware: [unit] }: StepReads['before']): Target | null => {
  if (unit?.value !== 'OPERATIONAL') return null
  const { context } = unit
  const { line } = context
  if (line === null) return null
  return {
    get own() {
      return { mode: context.mode, hsmType: `${line}.medium` as const }
    },
    get genuine() {
      return context.genuine
    },
    get commissioned() {
      return context.commissioned
    },
    get was() {
      return context.contents
    },
    hasPeer: false,
    peer: undefined,
  }
}
