/** Who may import what: the rooms of the house as data, and the checker that holds every import against them. */
import { posix } from 'node:path'
import { importsOf, type SourceFile } from '../../cli/spec/index.ts'

export interface Room {
  readonly name: string
  /** Its files: the first room whose pattern matches a file's path is the file's. */
  readonly files: RegExp
  /** What they may import: paths in this repository that match, or packages that match. */
  readonly may: readonly RegExp[]
  /** What at most one of its files may import, besides. */
  readonly one?: RegExp
}

const TS_PATTERN = /^ts-pattern$/
const XSTATE = /^xstate$/
const XSTATE_GRAPH = /^xstate\/graph$/
const NOBLE = /^@noble\//
const NODE = /^node:/
const VITEST = /^vitest(\/|$)/
/** The public faces. impl/hsm has one too, for impl and test/hsm only. */
const INDEX = /^(?!impl\/hsm\/)[\w/-]+\/index\.ts$/
const SUITE = /^(model|properties|impl)\/index\.ts$/
/** What a test may always import: public faces, the test runner, Node's built-ins. */
const TEST = [INDEX, VITEST, NODE]

export const ROOMS: readonly Room[] = [
  {
    name: 'model/explore',
    files: /^model\/explore\//,
    may: [/^model\//, XSTATE, TS_PATTERN, /^node:worker_threads$/],
  },
  { name: 'model', files: /^model\//, may: [/^model\//, XSTATE, TS_PATTERN] },
  { name: 'properties', files: /^properties\//, may: [/^properties\//, /^model\/index\.ts$/, TS_PATTERN] },
  { name: 'impl/hsm, its CBOR', files: /^impl\/hsm\/cbor\.ts$/, may: [/^impl\/hsm\//, NOBLE, /^cborg$/] },
  { name: 'impl/hsm', files: /^impl\/hsm\//, may: [/^impl\/hsm\//, NOBLE, TS_PATTERN] },
  {
    name: 'impl/service',
    files: /^impl\/service\//,
    may: [/^impl\/service\//, /^impl\/hsm\/(index|seams)\.ts$/, TS_PATTERN],
    one: NOBLE,
  },
  {
    name: 'impl/client',
    files: /^impl\/client\//,
    may: [/^impl\/client\//, /^impl\/service\/index\.ts$/, /^impl\/hsm\/(index|seams|client)\.ts$/, TS_PATTERN],
    one: NOBLE,
  },
  {
    name: 'impl/x509',
    files: /^impl\/x509\//,
    may: [/^impl\/x509\//, /^impl\/hsm\/index\.ts$/, /^@peculiar\/asn1-(csr|schema|x509)$/, /^node:crypto$/],
  },
  {
    name: "impl/tls, the HSM's end",
    files: /^impl\/tls\/(terminal|index)\.ts$/,
    may: [/^impl\/tls\//, /^impl\/(hsm|x509)\/index\.ts$/, /^node:(crypto|tls)$/],
  },
  {
    name: 'impl/tls',
    files: /^impl\/tls\//,
    may: [/^impl\/tls\/(?!(index|terminal)\.ts)/, /^impl\/(hsm|client)\/index\.ts$/, /^node:(stream|tls)$/],
  },
  {
    name: 'impl',
    files: /^impl\/[\w-]+\.ts$/,
    may: [/^impl\/[\w-]+\.ts$/, /^impl\/(service|client|hsm|tls|x509)\/(index|seams)\.ts$/, TS_PATTERN],
  },
  {
    name: 'test/conformance',
    files: /^test\/conformance\/(?!.*\.test\.ts$)/,
    may: [/^test\/conformance\/(?!.*\.test\.ts$)/, SUITE, /^fast-check$/, TS_PATTERN, NOBLE],
  },
  {
    name: 'test/faults',
    files: /^test\/faults\/(?!.*\.test\.ts$)/,
    may: [
      /^test\/faults\/(?!.*\.test\.ts$)/,
      /^impl\/index\.ts$/,
      /^impl\/hsm\/seams\.ts$/,
      NOBLE,
      /^test\/conformance\/index\.ts$/,
    ],
  },
  {
    name: 'test/security',
    files: /^test\/security\/(?!.*\.test\.ts$)/,
    may: [/^test\/security\//, INDEX, /^impl\/hsm\/seams\.ts$/, /^fast-check$/, NOBLE, TS_PATTERN],
  },
  {
    name: 'test/mutants',
    files: /^test\/mutants\/(?!.*\.test\.ts$)/,
    may: [/^test\/mutants\/(?!.*\.test\.ts$)/, /^(model|properties)\/index\.ts$/, XSTATE],
  },
  {
    name: 'test/hsm',
    files: /^test\/hsm\//,
    may: [/^test\/hsm\//, /^impl\/hsm\//, /^fast-check$/, TS_PATTERN, NOBLE, ...TEST],
  },
  {
    name: 'test/bench',
    files: /^test\/bench\//,
    may: [/^test\/bench\//, /^test\/hsm\/full\.ts$/, XSTATE, XSTATE_GRAPH, NOBLE, ...TEST],
  },
  { name: 'engine tests', files: /^test\/model\//, may: [/^test\/model\//, XSTATE, XSTATE_GRAPH, ...TEST] },
  {
    name: 'engine tests of the suite',
    files: /^test\/suite\//,
    may: [/^test\/(suite|conformance|example)\//, /^fast-check$/, NOBLE, ...TEST],
  },
  {
    name: 'tests of the channel',
    files: /^test\/channel\//,
    may: [/^test\/channel\//, /^fast-check$/, ...TEST],
  },
  { name: 'example of a target', files: /^test\/example\//, may: [/^test\/conformance\/index\.ts$/] },
  { name: 'other tests', files: /^test\//, may: TEST },
  {
    name: 'cli',
    files: /^cli\//,
    may: [/^cli\//, INDEX, TS_PATTERN, /^commander$/, /^state-machine-cat$/, /^@hpcc-js\/wasm-graphviz$/, NODE, /^\*$/],
  },
]

/** A path in the repository for what is imported relatively; a package otherwise. */
const targetOf = (path: string, from: string): string =>
  from.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), from)) : from

/** Tests import the files beside them, whatever room they are of. */
const isBeside = (path: string, target: string): boolean =>
  path.startsWith('test/') && posix.dirname(path) === posix.dirname(target)

const breachesOf = ({ path, text }: SourceFile, room: Room): readonly string[] =>
  importsOf(text).flatMap(({ from, line }) => {
    const target = targetOf(path, from)
    const isAllowed = [...room.may, ...(room.one === undefined ? [] : [room.one])].some(allowed => allowed.test(target))
    return isAllowed || isBeside(path, target) ? [] : [`${path}:${line} is of ${room.name} and imports ${target}`]
  })

const exceedsOne = (files: readonly SourceFile[], room: Room): readonly string[] => {
  const importing = files.filter(({ path, text }) =>
    importsOf(text).some(({ from }) => room.one?.test(targetOf(path, from)) === true),
  )
  return importing.length <= 1
    ? []
    : [`${importing.map(({ path }) => path).join(', ')}: only one file of ${room.name} may import ${room.one?.source}`]
}

/** Every import that the table does not allow, one line each. */
export const importBreaches = (files: readonly SourceFile[], rooms: readonly Room[] = ROOMS): readonly string[] => {
  const inRooms = Map.groupBy(files, ({ path }) => rooms.find(room => room.files.test(path)))
  return [...inRooms].flatMap(([room, found]) =>
    room === undefined
      ? found.map(({ path }) => `${path} stands in no room`)
      : [...found.flatMap(file => breachesOf(file, room)), ...exceedsOne(found, room)],
  )
}
