/** What a step shows, finer than what is counted: a tour goes wherever there is something new to see. */
import { unevenOf } from './uneven.ts'
import {
  EMPTY,
  PARTS,
  refusalOf,
  type Contents,
  type Fired,
  type Input,
  type Part,
  type State,
  type Step,
} from '../../model/index.ts'

const PLACES = ['region', 'account', 'shared']
const NAMES = ['cluster', 'hsm', 'backup', 'source', 'value', 'only', 'freest']
const BESIDE = ['cluster', 'hsm', 'backup'] as const
const FREE: readonly string[] = ['vacant', 'DELETED']
const HOLDERS = ['hsm', 'hardware'] as const

/** The names of all that a step shows: what fired, what was accepted or refused, and what is listed below. */
export const shownBy = (before: State, input: Input, step: Step): readonly string[] => {
  if (step.kind === 'blocked') return []
  const { outcome, fired, after } = step
  const { rule } = input
  if (outcome.kind === 'refused')
    return [
      refusalOf(rule, outcome.code, outcome.clause),
      `${wordsOf(input)} refused ${outcome.code} ${outcome.clause}`,
      ...placeOf(input).map(place => `${place} refused ${outcome.clause}`),
      ...fired.flatMap(entry => [
        entry.id,
        ...causeOf(entry),
        ...overOf(before, entry),
        ...alteredOf(before, fired, entry),
        ...tokensOf(before, input, entry),
        ...unevenOf(before, input, entry),
      ]),
    ]
  return [
    rule,
    wordsOf(input),
    ...placeOf(input),
    ...meetingOf(before, rule, fired),
    ...fired.flatMap(entry => [
      entry.id,
      ...overOf(before, entry),
      ...alteredOf(before, fired, entry),
      ...countsOf(before, input, entry),
      ...besideOf(before, input, entry),
      ...changesOf(before, after, entry),
      ...picksOf(before, input, entry),
      ...copiesOf(before, entry),
      ...givenUpOf(before, entry),
      ...sharedOf(before, input, entry),
      ...tokensOf(before, input, entry),
      ...unevenOf(before, input, entry),
      ...jobsOf(before, entry),
    ]),
  ]
}

/** A request in its words: whom it concerns and what is written do not matter. */
export const wordsOf = (input: Input): string => {
  const words = Object.entries(input).filter(([field]) => ![...NAMES, ...PLACES].includes(field))
  return `asks ${words.map(([, word]) => String(word)).join(' ')}`
}

/** Where a request is sent and by whom, each by itself and not in every combination with all else that it says. */
const placeOf = (input: Input): readonly string[] =>
  Object.entries(input).flatMap(([field, word]) => (PLACES.includes(field) ? [`${input.rule} ${field} ${word}`] : []))

/** A request about one thing, where there is another of its kind: it must matter which one is meant. */
const besideOf = (before: State, input: Input, { id, machine, slot }: Fired): readonly string[] => {
  const kind = BESIDE.find(each => each === machine && each in input)
  const isOther = kind !== undefined && before[kind].some(({ value }, at) => at !== slot && !FREE.includes(value))
  return isOther ? [`${id} beside another`] : []
}

/** A refusal for one reason alone: were it not for that, the request would have been accepted. */
const causeOf = ({ id, alone }: Fired): readonly string[] => (alone === null ? [] : [`${id} for ${alone} alone`])

/** The HSM or the unit of hardware has contents already. */
const overOf = (before: State, { id, machine, slot }: Fired): readonly string[] => {
  const contents = contentsOf(before, machine, slot)
  return contents === undefined || isSame(contents, EMPTY) ? [] : [`${id} over contents`]
}

const contentsOf = (state: State, machine: string, slot: number): Contents | undefined => {
  const kind = HOLDERS.find(holder => holder === machine)
  return kind === undefined ? undefined : state[kind][slot]?.context.contents
}

/** An HSM or the unit of hardware is given a backup to which this was done in the archive. */
const alteredOf = ({ backup }: State, fired: readonly Fired[], { id, machine }: Fired): readonly string[] =>
  HOLDERS.every(holder => holder !== machine)
    ? []
    : fired.flatMap(other => {
        const condition = other.machine === 'backup' ? backup[other.slot]?.context.condition : 'intact'
        return condition === undefined || condition === 'intact' ? [] : [`${id} of a backup: ${condition}`]
      })

/** Where accounts matter. */
const ACCOUNTS: readonly string[] = ['LogIn', 'ListUsers', 'ChangePassword']

/** The HSM has counted failed logins, of anybody and of the user whom it is about: it must matter how many. */
const countsOf = ({ hsm }: State, input: Input, { id, event, slot }: Fired): readonly string[] => {
  const { failures } = hsm[slot]?.context ?? {}
  if (!ACCOUNTS.includes(event) || failures === undefined) return []
  const counted = Object.values(failures).filter(count => count > 0)
  const own = 'user' in input ? [`${id} of one with ${failures[input.user]} failures`] : []
  return [...counted.map(count => `${id} after ${count} failures`), ...own]
}

/** Things with different contents take part in one step: it must matter whose are taken. */
const meetingOf = (before: State, rule: string, fired: readonly Fired[]): readonly string[] => {
  const held = fired.flatMap(({ machine, slot }) => {
    const contents = machine === 'backup' ? before.backup[slot]?.context.contents : contentsOf(before, machine, slot)
    return contents === undefined || isSame(contents, EMPTY) ? [] : [contents]
  })
  const [first, ...others] = held
  return first !== undefined && others.some(other => !isSame(first, other)) ? [`${rule} of contents that differ`] : []
}

/** Parts of an HSM's contents that come, go, or become other ones. */
const changesOf = (before: State, after: State, { id, machine, slot }: Fired): readonly string[] => {
  const [old, now] = [contentsOf(before, machine, slot), contentsOf(after, machine, slot)]
  if (old === undefined || now === undefined || old === now) return []
  return (Object.keys(PARTS) as Part[]).flatMap(part => {
    const change = changeOf(old, now, part)
    return change === null ? [] : [`${id} ${change} ${part}`]
  })
}

const changeOf = (old: Contents, now: Contents, part: Part): 'gets' | 'loses' | 'replaces' | null => {
  if (old[part] === now[part]) return null
  if (old[part] === 0) return 'gets'
  return now[part] === 0 ? 'loses' : 'replaces'
}

/** A backup that the model picked, where there was another in the same state with other contents. */
const picksOf = ({ backup }: State, input: Input, { id, machine, slot }: Fired): readonly string[] => {
  const picked = backup[slot]
  if (machine !== 'backup' || picked === undefined || 'backup' in input || 'source' in input) return []
  const isOther = backup.some(
    ({ value, context }) => value === picked.value && !isSame(context.contents, picked.context.contents),
  )
  const isForeign = backup.some(
    ({ value, context }) =>
      value === picked.value &&
      context.cluster !== picked.context.cluster &&
      !isSame(context.contents, picked.context.contents),
  )
  return [...(isOther ? [`${id} among others`] : []), ...(isForeign ? [`${id} among those of other clusters`] : [])]
}

/** A cluster that was rolled back has given up a backup, that an HSM could be restored from otherwise. */
export const hasGivenUp = ({ backup }: Pick<State, 'backup'>): boolean =>
  backup.some(({ value, context }) => value === 'READY' && context.rejected && context.condition === 'intact')

/** An HSM is restored beside one that was given up. */
const givenUpOf = (before: State, { id, machine, event }: Fired): readonly string[] =>
  machine === 'hsm' && event === 'HsmRestored' && hasGivenUp(before) ? [`${id} beside a backup given up`] : []

/** What happens to a copy, and to a backup beside one. */
const copiesOf = ({ backup }: State, { id, machine, slot }: Fired): readonly string[] => {
  if (machine !== 'backup') return []
  const isCopy = backup.map(({ context }) => context.sourceRegion !== null)
  if (isCopy[slot] === true) return [`${id} of a copy`]
  return isCopy.includes(true) ? [`${id} beside a copy`] : []
}

/** The HSM has tokens of whoever asks, or of whom it is about: it must matter how often they are approved, and by whom. */
const tokensOf = ({ hsm }: State, input: Input, { id, machine, slot }: Fired): readonly string[] => {
  const { tokens } = (machine === 'hsm' ? hsm[slot]?.context : undefined) ?? { tokens: [] }
  const isUsed = (of: string): boolean => 'as' in input && of === input.as
  const ofWhoeverAsks = tokens.filter(({ of }) => isUsed(of))
  const isAbout = (name: string): boolean => 'user' in input && name === input.user
  const byUser = tokens.some(({ of, approvals }) => isAbout(of) || (!isUsed(of) && approvals.some(isAbout)))
  return [
    ...(tokens.length === 0 ? [] : [`${id} with tokens`]),
    ...ofWhoeverAsks.map(({ approvals }) => `${id} with ${approvals.length} approvals`),
    ...(byUser ? [`${id} of one who has asked or approved`] : []),
  ]
}

/** How far a job had come that recovery ends, or which job it is whose recovery crashes or that is given up: it must matter. */
const jobsOf = ({ job }: State, { machine, event, clause, slot }: Fired): readonly string[] => {
  const { effect = null, step = null, isDone = false } = job[slot]?.context ?? {}
  if (machine !== 'job' || effect === null) return []
  if (event === 'Crash') return [`crashes while it recovers a ${effect}`]
  if (clause === '§job.abandon') return [`gives up a ${effect}`]
  return [`recovers a ${effect} that was stopped ${isDone ? 'after' : 'before'} ${step}`]
}

/** What happens to a backup that another account may use, and who asks for what of those that it sees. */
const sharedOf = ({ backup }: State, input: Input, { id, machine, slot }: Fired): readonly string[] => {
  if (machine !== 'backup' || backup[slot]?.context.shared !== true) return []
  const listed =
    input.rule === 'DescribeBackups' ? [`${id} of a shared one ${String(input.shared)} to ${input.account}`] : []
  return [`${id} of a shared one`, ...listed]
}

const isSame = (one: Contents, other: Contents): boolean =>
  (Object.keys(PARTS) as Part[]).every(part => one[part] === other[part])
