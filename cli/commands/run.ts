/** `run`: all of it: the model's properties, the reference put to the model, the broken implementations; with a summary by clause. */
import { properties } from '../../properties/index.ts'
import { faults as all } from '../../test/faults/index.ts'
import { securityFaults } from '../../test/security/index.ts'
import type { Command, Report, Verdict } from '../command.ts'
import { smallScopesOf } from '../options.ts'
import { parseSpec, readSpec } from '../spec/index.ts'
import type { Colour } from '../terminal/colour.ts'
import { count, table } from '../terminal/table.ts'
import { verdictWord, worst } from '../terminal/verdict.ts'
import { runCheck } from './check.ts'
import { checkReport } from './checked.ts'
import { runConform, wholeReport, type Judged } from './conform.ts'
import { faultsReport, runFaults, type FaultsResult } from './faults.ts'
import { runSecurity, securityReport } from './security.ts'

type Checked = Awaited<ReturnType<typeof runCheck>>

/** One clause with what was found of it; empty where nothing is to be said. */
interface Line {
  readonly clause: string
  readonly properties: Verdict | 'none'
  readonly conformance: 'holds' | 'broken'
  readonly fault: 'rejected' | 'not rejected' | 'none'
}

/** The summary by clause, in the order of SPEC.md. */
export const summaryOf = (checked: Checked, { failure }: Judged, { judged }: FaultsResult): readonly Line[] =>
  parseSpec(readSpec()).clauses.map(({ id }) => {
    const stated = checked.properties.filter(property => property.id === id).map(({ verdict }) => verdict)
    const broken = judged.find(({ clause }) => clause === id)
    return {
      clause: id,
      properties: stated.length === 0 ? 'none' : worst(stated),
      conformance: failure?.clause === id ? 'broken' : 'holds',
      fault: broken === undefined ? 'none' : broken.namedClause === id ? 'rejected' : 'not rejected',
    }
  })

const summaryLines = (lines: readonly Line[], colour: Colour): readonly string[] => {
  const word = (text: string): string =>
    text === 'none' ? colour.faint('-') : ['holds', 'rejected'].includes(text) ? colour.good(text) : colour.bad(text)
  return table([
    ['clause', 'properties', 'reference', 'its fault'],
    ...lines.map(line => [line.clause, word(line.properties), word(line.conformance), word(line.fault)]),
  ])
}

const last = ({ lines }: Report): string => lines.at(-1) ?? ''

export const run: Command = {
  name: 'run',
  summary: 'all of it: check, conform and faults, with a summary by clause',
  options: ['runs', 'seed', 'scope', 'timeout', 'memory', 'time'],
  run: async (context, given) => {
    const { colour, signal } = context
    const { scope, runs, seed } = given
    smallScopesOf(scope)
    const began = performance.now()
    const checking = runCheck(given, context)
    const judging = runConform({ kind: 'reference' }, given, context)
    const [checked, judged] = await Promise.all([checking, judging])
    const first = [
      checkReport(scope, (performance.now() - began) / 1000, checked, colour),
      wholeReport(judged, scope, colour),
    ]
    first.forEach(report => context.out(last(report)))
    const clauses = signal.aborted ? [] : all.map(({ clause }) => clause)
    const faulty = { ...(await runFaults({ clauses, runs, seed, scope }, context)), total: all.length }
    const secrecy = await runSecurity(securityFaults, context)
    const reports = [...first, faultsReport(faulty, colour), securityReport(secrecy, colour)]
    const verdict = worst(reports.map(report => report.verdict))
    const summary = summaryOf(checked, judged, faulty)
    const seconds = (performance.now() - began) / 1000
    const [check, conform, faults, security] = reports.map(report => ({ verdict: report.verdict, ...report.facts }))
    return {
      verdict,
      facts: { seconds, clauses: summary, check, conform, faults, security },
      lines: [
        ...reports.slice(2).map(last),
        '',
        ...reports.filter(report => report.verdict === 'broken').flatMap(({ lines }) => lines),
        ...summaryLines(summary, colour),
        '',
        ...reports.map(last),
        `${verdictWord(verdict, colour)}: ${summary.length} clauses, ${properties.length} properties, ${count(judged.steps)} steps of ` +
          `the reference, ${all.length} broken implementations, ${securityFaults.length} security faults, ${seconds.toFixed(0)} s`,
      ],
    }
  },
}
