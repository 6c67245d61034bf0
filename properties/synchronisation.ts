/** What the HSMs of a cluster have in common, and what they have not: partial writes, keys that follow, users that do not, and who serves. */
import { ASKED } from './folded.ts'
import { found, isOfficer, type ByUser } from './asked.ts'
import { factsOf, sameContents, type Hsm } from './facts.ts'
import { EVERY, leadsTo, refusal, sometimesStep, step, type Property } from './property.ts'
import { holdersIn, isTooFew, reachedBy } from './reached.ts'
import type { StateReads, StepReads } from './reads.ts'
import { WRITES, type Writing } from './writes.ts'

type Bringing = StepReads<'KeysSynchronised'>

const isOf = (hsm: Hsm | undefined, cluster: number): boolean => hsm?.context.cluster === cluster

/** It has contents that its cluster writes to. */
const isHolding = (hsm: Hsm | undefined): boolean =>
  hsm?.value === 'ACTIVE' || (hsm?.value === 'DELETE_IN_PROGRESS' && hsm.context.contents.certificates !== 0)

/** Whether two HSMs of the cluster that were alike are alike after the step, if both still have contents. */
const areStillAlike = ({ before, after }: StepReads, cluster: number): boolean => {
  const slots = [...before.hsm.keys()].filter(at => isOf(before.hsm[at], cluster) && isHolding(before.hsm[at]))
  const kept = slots.filter(at => isOf(after.hsm[at], cluster) && isHolding(after.hsm[at]))
  return kept.every((one, at) =>
    kept.slice(at + 1).every(other => !isAlike(before, one, other) || isAlike(after, one, other)),
  )
}

const isAlike = ({ hsm }: Pick<StateReads, 'hsm'>, one: number, other: number): boolean =>
  hsm[one] === hsm[other] || sameContents(hsm[one]?.context.contents, hsm[other]?.context.contents)

const keyOf = (hsm: Hsm | undefined): number => hsm?.context.contents.keys ?? 0

/** The HSM, if it is ACTIVE, and the other ACTIVE HSMs of its cluster. */
const beside = ({ before, input: { hsm: slot } }: Bringing) => {
  const own = before.hsm[slot]
  const all = own?.value === 'ACTIVE' ? factsOf(before, own.context.cluster).active : []
  return { own, peers: all.filter(at => at !== slot).flatMap(at => before.hsm[at] ?? []) }
}

/** What should become of its keys; null where nothing is due. */
const due = (bringing: Bringing): 'a key' | 'a deletion' | null => {
  const { own, peers } = beside(bringing)
  if (own === undefined || own.value !== 'ACTIVE') return null
  const isDeleted = [own, ...peers].some(({ context }) => context.tombstone)
  if (keyOf(own) !== 0) return isDeleted ? 'a deletion' : null
  return !isDeleted && peers.some(peer => keyOf(peer) !== 0) ? 'a key' : null
}

const became = ({ after, input }: Bringing): Hsm | undefined => after.hsm[input.hsm]
const isGiven = ({ emitted, input }: Bringing): boolean =>
  emitted.some(({ slot, event }) => event.type === 'synchronisation' && slot !== input.hsm)

/** Somebody who is let in asks for what crypto users may do; null for all others. */
const letIn = (operation: StepReads<'GenerateKey' | 'UseKey'>) =>
  isOfficer(operation as ByUser) ? null : found(operation as ByUser)

export const synchronisation: readonly Property[] = [
  step({
    id: '§sync.write',
    says: 'A write of a client that reaches one HSM only leaves the contents of every other as they were.',
    rules: WRITES,
    reads: ['hsm', 'outcome'],
    when: ({ input, outcome }) => 'only' in input && outcome.kind === 'accepted',
    each: 'hsm',
    holds: ({ before, after, input }: Writing, slot) =>
      ('only' in input && slot === input.only) ||
      (before.hsm[slot]?.value === after.hsm[slot]?.value &&
        sameContents(before.hsm[slot]?.context.contents, after.hsm[slot]?.context.contents)),
  }),
  step({
    id: '§sync.alike',
    says: 'HSMs of a cluster with the same contents keep the same, but where a client reaches one only, or keys are brought.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['hsm', 'facts', 'outcome'],
    when: ({ before, input, outcome }) =>
      outcome.kind !== 'refused' &&
      !('only' in input) &&
      input.rule !== 'KeysSynchronised' &&
      before.facts.some(({ hsms }) => hsms.length > 1),
    each: 'cluster',
    holds: areStillAlike,
  }),
  step({
    id: '§sync.keys',
    says: 'An ACTIVE HSM is given the key that a peer has and none has deleted; nothing is brought that is not due.',
    rules: ['KeysSynchronised'],
    reads: ['hsm', 'facts', 'outcome', 'emitted'],
    when: bringing => due(bringing) !== 'a deletion',
    holds: bringing => {
      if (due(bringing) === null) return bringing.outcome.kind === 'disabled'
      const { peers } = beside(bringing)
      const isTheirs = peers.some(peer => keyOf(peer) !== 0 && keyOf(peer) === keyOf(became(bringing)))
      return bringing.outcome.kind === 'accepted' && isTheirs && isGiven(bringing)
    },
  }),
  leadsTo({
    id: '§sync.keys',
    says: 'The ACTIVE HSMs of a cluster have the same keys in the end.',
    reads: ['facts'],
    each: 'cluster',
    from: (state, slot) => new Set(factsOf(state, slot).keys).size > 1,
    to: (state, slot) => new Set(factsOf(state, slot).keys).size <= 1,
  }),
  step({
    id: '§sync.deleted',
    says: 'An ACTIVE HSM loses the key that a peer has deleted; who deleted it alone knows so until there is another key.',
    rules: ['KeysSynchronised', 'DeleteKey', 'GenerateKey'],
    reads: ['hsm', 'facts', 'outcome', 'emitted'],
    when: taken =>
      taken.input.rule === 'KeysSynchronised'
        ? due(taken as Bringing) === 'a deletion'
        : taken.outcome.kind === 'accepted',
    holds: taken => {
      const { after, before, input, outcome, emitted } = taken
      if (input.rule !== 'KeysSynchronised') {
        const known = factsOf(before, input.cluster).active.filter(at => after.hsm[at]?.context.tombstone === true)
        if (input.rule === 'GenerateKey') return known.length === 0
        return input.only === undefined || known.includes(input.only)
      }
      const isLost = keyOf(after.hsm[input.hsm]) === 0 && outcome.kind === 'accepted'
      return isLost && isGiven({ emitted, input } as Bringing)
    },
  }),
  step({
    id: '§sync.users',
    says: 'What is brought to an HSM changes its keys and nothing else, and no other HSM.',
    rules: ['KeysSynchronised'],
    skips: 'disabled',
    reads: ['hsm'],
    when: () => true,
    each: 'hsm',
    holds: ({ before, after, input }, slot) => {
      const [was, is] = [before.hsm[slot], after.hsm[slot]]
      if (slot !== input.hsm || was === undefined) return was === is
      return sameContents(is?.context.contents, { ...was.context.contents, keys: keyOf(is) })
    },
  }),
  refusal({
    id: '§key.availability',
    says: 'UseKey by a client with the check is refused while fewer than two ACTIVE HSMs have the key.',
    rules: ['UseKey'],
    reads: ['facts'],
    code: 'KEY_UNAVAILABLE',
    when: operation => {
      const holders = holdersIn(letIn(operation) ?? { keys: [] })
      return holders > 0 && isTooFew(operation.input, holders)
    },
  }),
  sometimesStep({
    id: '§key.availability',
    says: 'A client without the check uses a key that one HSM has and another has not.',
    rules: ['UseKey'],
    reads: ['facts', 'outcome'],
    reached: ({ before, input, outcome }) => {
      const { keys } = factsOf(before, input.cluster)
      return outcome.kind === 'accepted' && keys.length > 1 && holdersIn({ keys }) === 1
    },
  }),
  refusal({
    id: '§key.availability.create',
    says: 'GenerateKey by a client with the check is refused where it reaches fewer than two ACTIVE HSMs.',
    rules: ['GenerateKey'],
    reads: ['facts'],
    code: 'KEY_UNAVAILABLE',
    when: operation => letIn(operation) !== null && isTooFew(operation.input, reachedBy(operation).active.length),
  }),
  step({
    id: '§client.distribute',
    says: 'A key is used on one HSM, which has it: the one with the most capacity left, if that has the key.',
    rules: ['UseKey'],
    reads: ['hsm', 'outcome', 'emitted'],
    when: ({ outcome }) => outcome.kind === 'accepted',
    holds: ({ before, emitted, input: { freest } }) => {
      const [serving, ...others] = [...new Set(emitted.map(({ slot }) => slot))]
      const has = (slot: number | undefined) =>
        slot !== undefined && before.hsm[slot]?.value === 'ACTIVE' && keyOf(before.hsm[slot]) !== 0
      return others.length === 0 && has(serving) && (!has(freest) || serving === freest)
    },
  }),
  sometimesStep({
    id: '§user.list.coverage',
    says: 'Users are listed while one ACTIVE HSM has a user whom another has not.',
    rules: ['ListUsers'],
    reads: ['facts', 'outcome'],
    reached: ({ before, input, outcome }) => {
      const facts = factsOf(before, input.cluster)
      const isUneven = (part: (typeof ASKED)[number]) => new Set(facts[part].map(value => value !== 0)).size > 1
      return outcome.kind === 'accepted' && (['users', 'second', 'third'] as const).some(isUneven)
    },
  }),
  sometimesStep({
    id: '§loss.divergence',
    says: 'An HSM fails with a key that no other HSM of its cluster has, and no backup.',
    rules: ['FailHsm'],
    reads: ['hsm', 'facts', 'backup', 'outcome'],
    reached: ({ before, after, input, outcome }) => {
      const failed = before.hsm[input.hsm]
      const isAlone = holdersIn(factsOf(before, failed?.context.cluster ?? null)) === 1
      const hasPeer = factsOf(before, failed?.context.cluster ?? null).active.length > 1
      const isLost = isAlone && hasPeer && keyOf(failed) !== 0 && failed?.value === 'ACTIVE'
      return outcome.kind === 'accepted' && isLost && after.backup.every(one => one.context.contents.keys === 0)
    },
  }),
]
