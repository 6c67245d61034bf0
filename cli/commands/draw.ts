/** `diagram` on the command line: prints a picture, writes docs/, or says what of docs/ is not up to date. */
import { UsageError, type Command, type Report } from '../command.ts'
import type { Given } from '../options.ts'
import { ROOT } from '../spec/index.ts'
import type { Colour } from '../terminal/colour.ts'
import type { Files, Stale } from './diagram.ts'

const printed = (files: Files): Report => ({
  verdict: 'holds',
  facts: { files: Object.fromEntries(files) },
  lines: [...files.values()].map(text => text.trimEnd()),
})

const written = (files: Files, changed: readonly Stale[]): Report => ({
  verdict: 'holds',
  facts: { files: [...files.keys()], changed },
  lines: [
    ...changed.map(({ path, why }) => `${why === 'superfluous' ? 'removed' : 'wrote'} ${path}`),
    `${files.size} files, ${changed.length} changed`,
  ],
})

const compared = (files: Files, stale: readonly Stale[], colour: Colour): Report => ({
  verdict: stale.length === 0 ? 'holds' : 'broken',
  facts: { files: [...files.keys()], stale },
  lines: [
    ...files.keys(),
    ...stale.map(({ path, why }) => colour.bad(`${path} is ${why}`)),
    `${files.size} files, ${stale.length} not up to date${stale.length === 0 ? '' : '; npm run docs writes them'}`,
  ],
})

const draw = async ({ machine, format, write }: Given, colour: Colour): Promise<Report> => {
  if (machine === undefined && format !== undefined) throw new UsageError('expected --machine with --format')
  if (machine !== undefined && write) throw new UsageError('expected --write without --machine: it writes all pictures')
  if (machine === 'overview' && format === 'dot')
    throw new UsageError('the overview has no DOT: expected --format mermaid or svg')
  const { diagram, staleFiles, writeFiles } = await import('./diagram.ts')
  if (machine !== undefined) return printed(await diagram({ machine, format: format ?? 'mermaid' }))
  const files = await diagram()
  return write ? written(files, await writeFiles(ROOT, files)) : compared(files, await staleFiles(ROOT, files), colour)
}

export const diagram: Command = {
  name: 'diagram',
  summary: 'print the picture of a machine, write all of them to docs/, or say which are not up to date',
  options: ['machine', 'format', 'write'],
  run: ({ colour }, given) => draw(given, colour),
}
