/** Weaknesses that are by design, each a clause of SPEC.md, by the move of a run that makes use of it. */
import type { Step } from '../proof.ts'
import { show } from '../term.ts'

export interface Weakness {
  readonly clause: string
  /** What makes use of it. */
  readonly isIn: (step: Step) => boolean
}

const isMove =
  (id: string) =>
  ({ rule }: Step): boolean =>
    rule.id === id
const stands = ({ bindings }: Step, variable: string): string => {
  const bound = bindings.get(variable)
  return bound === undefined ? '' : show(bound)
}
const isOld = (step: Step): boolean => stands(step, 'E') === 'before'

/** What it restores is from before the passwords were changed. */
const isFromBefore = (step: Step): boolean => step.rule.id === 'hsm.revert' || stands(step, 'O').endsWith('before)')

export const WEAKNESSES: readonly Weakness[] = [
  { clause: '§adversary.preactivation', isIn: isMove('attacker.activate') },
  { clause: '§client.clone', isIn: isMove('client.connect') },
  {
    clause: '§adversary.rollback',
    isIn: step => /^(hsm|fleet)\.re(store|vert)$/.test(step.rule.id) && isFromBefore(step),
  },
  { clause: '§adversary.replay', isIn: step => step.rule.id === 'hsm.rewind' && isOld(step) },
  { clause: '§adversary.former', isIn: step => /^login\./.test(step.rule.id) && isOld(step) },
  { clause: '§adversary.consumer', isIn: isMove('tenant.restore') },
  { clause: '§adversary.signer', isIn: step => step.rule.id === 'unit.boot' && stands(step, 'Y') === 'evil' },
  { clause: '§adversary.ceremony', isIn: isMove('unit.plant') },
  { clause: '§limit.guessing', isIn: step => /^guess\./.test(step.rule.id) },
]

/** The clauses that a run makes use of; none is a fault of the design. */
export const clausesIn = (steps: readonly Step[]): readonly string[] =>
  WEAKNESSES.filter(({ isIn }) => steps.some(isIn)).map(({ clause }) => clause)
