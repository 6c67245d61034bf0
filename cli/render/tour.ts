/** The tour of the house: every file once, in the order in which data flows, with the sentence that it opens with. */
import { readFiles, type SourceFile } from '../spec/index.ts'

/** The rooms in order, each with what it is for. A file belongs to the smallest room that its path begins with. */
const ROOMS: readonly (readonly [prefix: string, title: string])[] = [
  ['model/machines/', 'The machines, one a file'],
  ['model/network/', 'Networks of machines, whatever they describe'],
  ['model/rules/', 'Who takes part in what'],
  ['model/explore/', 'Exploration'],
  ['model/explore/fast/', 'The fast explorer'],
  ['model/liveness/', 'What comes in the end'],
  ['model/attack/', 'What attackers can derive'],
  ['model/attack/domain/', 'Attackers of CloudHSM'],
  ['model/', 'The model as a whole'],
  ['properties/', 'What must hold'],
  ['impl/hsm/', 'Inside the boundary of the HSM'],
  ['impl/service/', 'The service outside'],
  ['impl/client/', 'The client'],
  ['impl/', 'The implementation as a whole'],
  ['test/conformance/', 'The suite'],
  ['test/faults/', 'Broken implementations'],
  ['test/example/', 'A target to start from'],
  ['cli/commands/', 'Commands'],
  ['cli/workers/', 'Threads of commands'],
  ['cli/targets/', 'Targets by name'],
  ['cli/failures/', 'Failures as files'],
  ['cli/render/', 'Pictures and pages'],
  ['cli/spec/', 'SPEC.md and its links'],
  ['cli/terminal/', 'The terminal'],
  ['cli/', 'The command line'],
  ['test/model/', 'Tests of the model'],
  ['test/properties/', 'Tests of the properties'],
  ['test/hsm/', 'Tests inside the boundary'],
  ['test/impl/', 'Tests of the implementation'],
  ['test/suite/', 'Tests of the suite'],
  ['test/cli/', 'Tests of the command line'],
  ['test/house/', 'Tests of the house'],
  ['test/bench/', 'Benchmarks'],
  ['test/', 'Around the tests'],
]

/** The first comment of a file on one line, up to a blank line. Throws for a file without one: each says what it is. */
export const openingOf = ({ path, text }: SourceFile): string => {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1]
  if (comment === undefined) throw new Error(`${path} does not open with a sentence that says what it is`)
  const lines = comment.split('\n').map(line => line.replace(/^\s*\* ?/, '').trim())
  const from = lines.findIndex(line => line !== '')
  const to = lines.findIndex((line, at) => at > from && line === '')
  return lines
    .slice(Math.max(0, from), to === -1 ? undefined : to)
    .join(' ')
    .trim()
}

/** The page. `files` are all TypeScript files of the repository. */
export const tourOf = (files: readonly SourceFile[] = readFiles()): string => {
  const smallest = ROOMS.map(([prefix]) => prefix).toSorted((a, b) => b.length - a.length)
  const roomOf = ({ path }: SourceFile): string | undefined => smallest.find(prefix => path.startsWith(prefix))
  const grouped = Map.groupBy(files, roomOf)
  const rooms = ROOMS.flatMap(([prefix, title]) => {
    const found = grouped.get(prefix) ?? []
    const rows = found.map(file => `| [${file.path}](../${file.path}) | ${openingOf(file).replaceAll('|', '\\|')} |`)
    return found.length === 0 ? [] : ['', `## ${title}`, '', '| file | what it is |', '|---|---|', ...rows]
  })
  return [
    '# The tour',
    '',
    'Every file once, in the order in which data flows, with the sentence that it opens with. `npm run docs` writes this page.',
    ...rooms,
    '',
  ].join('\n')
}
