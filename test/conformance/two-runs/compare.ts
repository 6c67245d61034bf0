/** Two views of the service, step by step: whether they are equal up to a bijection on opaque values, and where they part. */
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Answer, Emission } from '../port.ts'
import { noCorrespondence, partingOf, type Correspondence } from './opaque.ts'
import type { SeenStep } from './seen.ts'

/** What tells two runs apart that should look the same to the service. */
export interface Difference {
  /** `timing`: something takes place in another step. `count`: something is there more often. */
  readonly kind: 'length' | 'order' | 'count' | 'code' | 'content' | 'timing'
  /** Position of the step, from 0. */
  readonly at: number
  /** In words. */
  readonly what: string
}

type Found = Omit<Difference, 'at'>

const place = ({ channel, from }: Emission): string => `${channel} of ${from || 'the account'}`

/** Null where the service cannot tell the runs apart. */
export const differenceOf = (one: readonly SeenStep[], other: readonly SeenStep[]): Difference | null => {
  const known = noCorrespondence()
  for (const [at, step] of one.entries()) {
    const twin = other[at]
    if (twin === undefined) return { kind: 'count', at, what: 'one run has a step more' }
    const found = inStep(known, step, twin)
    if (found !== null) return { ...found, at }
  }
  return one.length === other.length ? null : { kind: 'count', at: one.length, what: 'one run has a step more' }
}

const inStep = (known: Correspondence, one: SeenStep, other: SeenStep): Found | null =>
  inAnswers(one.answer, other.answer) ??
  inPending(one.pending, other.pending) ??
  inEmissions(known, one.emitted, other.emitted) ??
  inBench(known, one, other)

const sayAnswer = (answer: Answer | null): string =>
  answer === null ? 'nothing' : 'code' in answer ? `${answer.kind} ${answer.code}` : answer.kind

const inAnswers = (one: Answer | null, other: Answer | null): Found | null => {
  const [a, b] = [sayAnswer(one), sayAnswer(other)]
  return a === b ? null : { kind: 'code', what: `${a} in one run, ${b} in the other` }
}

const inEmissions = (known: Correspondence, one: readonly Emission[], other: readonly Emission[]): Found | null => {
  const [a, b] = [one.map(place), other.map(place)]
  const wrong = a.findIndex((name, index) => name !== b[index])
  if (a.length !== b.length) return { kind: 'count', what: `${a.length} messages in one run, ${b.length} in the other` }
  if (wrong !== -1) {
    const isOrder = a.toSorted().join() === b.toSorted().join()
    return { kind: isOrder ? 'order' : 'content', what: `${a[wrong]} in one run, ${b[wrong]} in the other` }
  }
  for (const [index, emission] of one.entries()) {
    const twin = other[index] as Emission
    const parting = partingOf(known, emission.bytes, twin.bytes, emission.channel === 'record')
    if (parting === null) continue
    const kind = emission.channel === 'error' && parting.kind === 'content' ? 'code' : parting.kind
    return { kind, what: `${place(emission)}: ${parting.actual.join(' in one run, in the other ')}` }
  }
  return null
}

const inPending = (one: readonly string[], other: readonly string[]): Found | null => {
  const odd = [...one, ...other].find(due => one.includes(due) !== other.includes(due))
  return odd === undefined ? null : { kind: 'timing', what: `${odd} is due in one run and not in the other` }
}

const inBench = (known: Correspondence, { bench: one }: SeenStep, { bench: other }: SeenStep): Found | null => {
  if (one === null || other === null) return null
  const [a, b] = [one, other].map(({ state, mode }) => `${state} ${mode}`)
  if (a !== b) return { kind: 'content', what: `its own unit is ${a} in one run, ${b} in the other` }
  const parting = partingOf(known, utf8ToBytes(one.digest), utf8ToBytes(other.digest), true)
  return parting === null ? null : { kind: parting.kind, what: 'the digest that its own unit shows' }
}
