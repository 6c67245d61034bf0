/** `attack`: what attackers reach, by profile and goal: secret, an attack with its run, or undecided with the cause. */
import { readFileSync } from 'node:fs'
import { say } from '../../model/index.ts'
import {
  ALL,
  DOMAIN,
  PROFILES,
  clausesIn,
  judgeAll,
  judgeSets,
  lattice,
  type Antichain,
  type Judged,
} from '../../model/attack/index.ts'
import { UsageError, type Command, type CommandContext, type Report, type Verdict } from '../command.ts'
import { goalsOf, type Given } from '../options.ts'
import { latticePage, verdictPage } from '../render/attack-pages.ts'
import { attacksOf, causesOf, gridOf, latticeLines, runLines, shownSets, type Row } from '../render/attackers.ts'
import { ROOT, blockIn, withBlock } from '../spec/index.ts'
import type { Colour } from '../terminal/colour.ts'
import { writeAtomically } from '../terminal/files.ts'
import { table } from '../terminal/table.ts'
import { verdictWord } from '../terminal/verdict.ts'

const SPEC = `${ROOT}/SPEC.md`
/** The generated parts of SPEC.md. */
export const PARTS = { verdicts: 'attackers', lattice: 'minimal sets' } as const

/** Every profile with its verdicts. */
export const surveyAll = (): readonly Row[] =>
  PROFILES.map(profile => ({ profile, judged: judgeAll(profile.capabilities) }))

const goalFacts = ({ goal, verdict }: Judged): object => {
  if (verdict.kind === 'secret') return { goal: goal.id, verdict: 'secret', terms: verdict.terms }
  if (verdict.kind === 'undecided') return { goal: goal.id, verdict: 'undecided', cause: verdict.cause }
  const run = verdict.run.state.told.map(({ by, input, outcome }) => ({ by, input, says: say(input), outcome }))
  const steps = verdict.run.steps.map(({ rule }) => ({ rule: rule.id, says: rule.says }))
  return { goal: goal.id, verdict: 'attack', fact: verdict.fact, clauses: clausesIn(verdict.run.steps), steps, run }
}

const factsOf = ({ profile: { id, who, capabilities }, judged }: Row): object => ({
  profile: id,
  who,
  capabilities,
  goals: judged.map(goalFacts),
})

/** Broken where a run makes use of nothing that SPEC.md says is by design, undecided where something may be reached. */
const ownVerdict = (judged: readonly Judged[]): Verdict => {
  const verdicts = judged.map(({ verdict }) => verdict)
  if (verdicts.some(verdict => verdict.kind === 'attack' && clausesIn(verdict.run.steps).length === 0)) return 'broken'
  return verdicts.some(({ kind }) => kind === 'undecided') ? 'undecided' : 'holds'
}

const stories = (rows: readonly Row[], isTold: boolean): readonly string[] =>
  isTold
    ? rows.flatMap(({ profile, judged }) =>
        judged.flatMap(one =>
          one.verdict.kind !== 'attack'
            ? []
            : ['', `${profile.id}, ${one.goal.id}: ${clausesIn(one.verdict.run.steps).join(', ')}`, ...runLines(one)],
        ),
      )
    : attacksOf(rows).flatMap(({ clauses, goals, who, story }) => [
        '',
        `${clauses.join(', ')}: ${goals.join(', ')} by ${who.join(', ')}`,
        `  ${story}`,
      ])

/** The tables: of who attacks alone, and of who is joined with the service. */
const tables = (rows: readonly Row[]): readonly string[] => {
  const isJoined = ({ profile }: Row): boolean => profile.id.includes('+')
  const parts = [rows.filter(row => !isJoined(row)), rows.filter(isJoined)].filter(part => part.length > 0)
  return parts.flatMap((part, at) => [...(at === 0 ? [] : ['']), ...table(gridOf(part, causesOf(rows)))])
}

const report = (rows: readonly Row[], verdict: Verdict, isTold: boolean, colour: Colour): Report => {
  const causes = causesOf(rows).map((cause, at) => `?${String.fromCharCode(97 + at)}  ${cause}`)
  return {
    verdict,
    facts: { profiles: rows.map(factsOf) },
    lines: [
      ...tables(rows),
      ...(causes.length === 0 ? [] : ['', ...causes]),
      ...stories(rows, isTold),
      '',
      `${verdictWord(verdict, colour)}: – is secret, a number is the length of the run that reaches the goal, ? is undecided`,
    ],
  }
}

const isAsWritten = (part: string, lines: readonly string[]): boolean =>
  blockIn(readFileSync(SPEC, 'utf8'), part).join('\n') === lines.join('\n').trim()

const write = (part: string, lines: readonly string[]): void =>
  writeAtomically(SPEC, withBlock(readFileSync(SPEC, 'utf8'), part, lines))

const latticeReport = (antichains: readonly Antichain[], isWhole: boolean, given: Given, colour: Colour): Report => {
  const goals = shownSets(antichains, judgeSets(antichains))
  if (given.write) write(PARTS.lattice, latticePage(goals))
  const isCertain = antichains.every(({ doubts }) => doubts.length === 0)
  const isKept = !isWhole || isAsWritten(PARTS.lattice, latticePage(goals))
  const verdict: Verdict = isCertain && isKept ? 'holds' : 'broken'
  return {
    verdict,
    facts: { goals: antichains.map(({ goal, doubts }, at) => ({ goal, sets: goals[at]?.sets ?? [], doubts })) },
    lines: [
      ...latticeLines(goals).flatMap(([ids, count, sets]) => [`${ids}: ${count}`, ...sets.map(set => `  ${set}`), '']),
      ...antichains.flatMap(({ goal, doubts }) => doubts.map(doubt => colour.bad(`${goal}: ${doubt}`))),
      `${verdictWord(verdict, colour)}: each set reaches its goal, and none of its proper subsets does`,
    ],
  }
}

const judgeLattice = ({ colour }: CommandContext, given: Given): Report =>
  latticeReport(lattice(DOMAIN, { capabilities: ALL }, goalsOf(given.goal)), given.goal === undefined, given, colour)

const judgeProfiles = ({ colour }: CommandContext, given: Given): Report => {
  const { profile, capabilities } = given
  const goals = goalsOf(given.goal)
  if (capabilities !== undefined) {
    const row = {
      profile: { id: 'given', who: 'who has these', capabilities },
      judged: judgeAll(capabilities, { goals }),
    }
    return report([row], ownVerdict(row.judged), true, colour)
  }
  if (profile === undefined && given.goal === undefined) {
    const rows = surveyAll()
    if (given.write) write(PARTS.verdicts, verdictPage(rows))
    return report(rows, isAsWritten(PARTS.verdicts, verdictPage(rows)) ? 'holds' : 'broken', false, colour)
  }
  const rows = PROFILES.filter(({ id }) => profile === undefined || id === profile).map(one => ({
    profile: one,
    judged: judgeAll(one.capabilities, { goals }),
  }))
  return report(rows, ownVerdict(rows.flatMap(({ judged }) => judged)), true, colour)
}

export const attack: Command = {
  name: 'attack',
  summary: 'derive what attackers reach, by profile and goal, and replay each attack on the model',
  options: ['profile', 'capabilities', 'goal', 'lattice', 'write'],
  run: (context, given) => {
    if (given.profile !== undefined && given.capabilities !== undefined)
      throw new UsageError('expected a profile or capabilities, got both')
    if (given.lattice && (given.profile !== undefined || given.capabilities !== undefined))
      throw new UsageError('the minimal sets are of no attacker: --lattice takes --goal alone')
    if (given.write && (given.profile ?? given.capabilities ?? given.goal) !== undefined)
      throw new UsageError('only the whole is kept: --write takes --lattice alone')
    return given.lattice ? judgeLattice(context, given) : judgeProfiles(context, given)
  },
}
