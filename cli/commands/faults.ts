/** `faults`: puts every broken implementation to the suite, which has to reject each and to name its clause. */
import { availableParallelism } from 'node:os'
import { faults as all } from '../../test/faults/index.ts'
import { securityFaults } from '../../test/security/index.ts'
import { UsageError, type Command, type CommandContext, type Report } from '../command.ts'
import { smallScopesOf } from '../options.ts'
import { madeSurveys, type Made } from '../surveys.ts'
import type { Colour } from '../terminal/colour.ts'
import { table } from '../terminal/table.ts'
import { verdictWord, worst } from '../terminal/verdict.ts'
import { inWorker } from '../terminal/worker.ts'
import { runSecurity, securityReport } from './security.ts'

export interface FaultsRequest {
  readonly clauses: readonly string[]
  readonly runs: number
  readonly seed: number
  readonly scope: string
}

/** What a thread is given: besides, the surveys that were made already. */
export interface FaultsShare extends FaultsRequest {
  readonly surveys: Made
}

/** One more was judged. */
export interface FaultsProgress {
  readonly clause: string
}

export interface FaultJudged {
  /** The clause that it breaks. */
  readonly clause: string
  /** What it does wrong, in words. */
  readonly what: string
  readonly rejected: boolean
  /** The clause that the suite named; null where it rejected nothing. */
  readonly namedClause: string | null
  /** Events of the shortest story found. */
  readonly events: number
  readonly minimality: string | null
  readonly seconds: number
}

export interface FaultsResult {
  readonly judged: readonly FaultJudged[]
  /** How many there are to judge. */
  readonly total: number
}

const WORKER = new URL('../workers/faults.ts', import.meta.url)
const THREADS = Math.min(2, availableParallelism())

/** Judges the broken implementations of these clauses in two threads; when the signal is aborted, answers with those judged by then. */
export const runFaults = async (
  request: FaultsRequest,
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
  threads: number = THREADS,
): Promise<FaultsResult> => {
  const { clauses } = request
  let done = 0
  const shares = Array.from({ length: threads }, (_, thread) => clauses.filter((_, at) => at % threads === thread))
  const parts = await Promise.all(
    shares.map(share =>
      inWorker<FaultsShare, FaultsProgress, readonly FaultJudged[]>(
        WORKER,
        { ...request, clauses: share, surveys: madeSurveys() },
        {
          signal,
          onProgress: ({ clause }) =>
            progress.tick({ what: 'faults', counts: clause, done: (done += 1), total: clauses.length }),
        },
      ),
    ),
  )
  const judged = parts.flat().toSorted((a, b) => clauses.indexOf(a.clause) - clauses.indexOf(b.clause))
  return { judged, total: clauses.length }
}

const isRight = ({ rejected, namedClause, clause, minimality }: FaultJudged): boolean =>
  rejected && namedClause === clause && minimality === '1-minimal'

const wrongOf = ({ rejected, namedClause, clause, minimality }: FaultJudged): string => {
  if (!rejected) return 'NOT REJECTED'
  return namedClause === clause ? String(minimality) : `named ${namedClause}`
}

/** What was found, as a report. */
export const faultsReport = ({ judged, total }: FaultsResult, colour: Colour): Report => {
  const wrong = judged.filter(fault => !isRight(fault))
  const verdict = wrong.length > 0 ? 'broken' : judged.length < total ? 'undecided' : 'holds'
  const rows = judged.map(fault => [
    fault.clause,
    isRight(fault) ? colour.good('rejected') : colour.bad(wrongOf(fault)),
    String(fault.events),
    fault.minimality ?? '',
    fault.what,
  ])
  return {
    verdict,
    facts: { total, faults: judged },
    lines: [
      ...table([['clause', 'verdict', 'events', 'minimality', 'what it does wrong'], ...rows], [2]),
      '',
      `${verdictWord(verdict, colour)}: ${judged.length - wrong.length} of ${total} broken implementations rejected under their own clause`,
    ],
  }
}

export const faults: Command = {
  name: 'faults',
  summary:
    'put every broken implementation to the suite, which has to reject each and name its clause, and every security fault to its check',
  options: ['fault', 'runs', 'seed', 'scope'],
  run: async (context, { fault, runs, seed, scope }) => {
    smallScopesOf(scope)
    const isAsked = ({ clause }: { readonly clause: string }): boolean => fault === undefined || clause === fault
    const clauses = all.filter(isAsked).map(({ clause }) => clause)
    const secrecy = securityFaults.filter(isAsked)
    if (clauses.length + secrecy.length === 0)
      throw new UsageError(`there is no broken implementation of ${fault}; faults lists them`)
    const behaviour = faultsReport(await runFaults({ clauses, runs, seed, scope }, context), context.colour)
    const security = securityReport(await runSecurity(secrecy, context), context.colour)
    return {
      verdict: worst([behaviour.verdict, security.verdict]),
      facts: { ...behaviour.facts, security: { verdict: security.verdict, ...security.facts } },
      lines: [...behaviour.lines, '', ...security.lines],
    }
  },
}
