/** `replay`: tells a saved failure again, to the target that it was found on or to another. */
import { allModels, run, sayEvent } from '../../test/conformance/index.ts'
import { UsageError, type Command, type Report } from '../command.ts'
import { loadFailure } from '../failures/file.ts'
import { choose, targetNamed } from '../targets/choose.ts'
import { verdictWord } from '../terminal/verdict.ts'

export const replay: Command = {
  name: 'replay',
  summary: 'tell a saved failure again: exit code 1 when it fails again, 0 when it no longer does',
  argument: { name: '<FILE>', says: 'a file below failures/' },
  options: ['target', 'fault', 'timeout'],
  run: async ({ colour }, { argument, timeout, ...given }): Promise<Report> => {
    const file = argument ?? ''
    const failure = loadFailure(file)
    const { name, factory, close } = await choose(targetNamed(given) ?? failure.target, timeout)
    const told = await run(factory, failure.events, { seed: failure.seed, models: allModels() }).finally(close)
    const { divergence, events } = told
    if (divergence === null && events.length < failure.events.length)
      throw new UsageError(
        `${file} tells a story that cannot happen any more: ${events.length} of its ${failure.events.length} events can`,
      )
    const verdict = divergence === null ? 'holds' : 'broken'
    const facts = { file, target: name, seed: failure.seed, clause: failure.clause, events: failure.events.length }
    if (divergence === null)
      return {
        verdict,
        facts,
        lines: [`${verdictWord(verdict, colour)}: ${failure.clause} no longer fails in this story`],
      }
    const { clause, what, expected, actual } = divergence
    return {
      verdict,
      facts: { ...facts, failure: { clause, what, expected, actual, events } },
      lines: [
        `${verdictWord(verdict, colour)} ${colour.strong(clause)}${clause === failure.clause ? '' : `, where it was ${failure.clause}`}`,
        ...events.map((event, index) => `  ${index + 1}. ${sayEvent(event)}`),
        `  ${what}`,
        `    expected ${expected}`,
        `    actual   ${actual}`,
      ],
    }
  },
}
