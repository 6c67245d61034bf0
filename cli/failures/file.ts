/** Failures as files: a story with what it takes to tell it again, under a name that is a function of its content. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { P, isMatching } from 'ts-pattern'
import { isEvent, isRule, type Failure, type Story } from '../../test/conformance/index.ts'
import { UsageError } from '../command.ts'
import { parseSpec, readSpec } from '../spec/index.ts'
import type { TargetName } from '../targets/choose.ts'
import { writeAtomically } from '../terminal/files.ts'

/** Counts up when a file of an older version can no longer be read. */
export const FAILURE_VERSION = 1

export interface SavedFailure {
  readonly schemaVersion: typeof FAILURE_VERSION
  readonly kind: 'conformance-failure'
  readonly clause: string
  readonly target: TargetName
  readonly seed: number
  readonly what: string
  readonly expected: string
  readonly actual: string
  readonly minimality: string
  readonly events: Story
}

const FOLDER = 'failures'

const text = P.string
const target = P.union({ kind: 'reference' }, { kind: 'fault', clause: text }, { kind: 'module', path: text })
const shape = {
  schemaVersion: FAILURE_VERSION,
  kind: 'conformance-failure',
  clause: text,
  target,
  seed: P.number,
  what: text,
  expected: text,
  actual: text,
  minimality: text,
  events: P.array({ rule: text }),
} as const

/** Writes a failure below the working directory; answers the path. The same failure is the same file. */
export const saveFailure = (target: TargetName, seed: number, failure: Failure): string => {
  const { clause, what, expected, actual, minimality, events } = failure
  const saved: SavedFailure = {
    schemaVersion: FAILURE_VERSION,
    kind: 'conformance-failure',
    clause,
    target,
    seed,
    what,
    expected,
    actual,
    minimality,
    events,
  }
  const written = `${JSON.stringify(saved, null, 2)}\n`
  const path = `${FOLDER}/${createHash('sha256').update(written).digest('hex').slice(0, 16)}.json`
  writeAtomically(path, written)
  return path
}

const read = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is no JSON, or was cut short' : 'cannot be read'
    throw new UsageError(`${path} ${reason}`)
  }
}

/** Reads a failure. Throws a UsageError that says what is wrong with the file. */
export const loadFailure = (path: string): SavedFailure => {
  const saved = read(path)
  const version = (saved as { readonly schemaVersion?: unknown } | null)?.schemaVersion
  if (version !== FAILURE_VERSION)
    throw new UsageError(
      `${path} has schemaVersion ${String(version)}, expected ${FAILURE_VERSION}; find the failure anew`,
    )
  if (!isMatching(shape, saved)) throw new UsageError(`${path} is no saved failure`)
  const failure = saved as unknown as SavedFailure
  const stranger = failure.events.find(({ rule }) => !isRule(rule))
  if (stranger !== undefined)
    throw new UsageError(`${path} has an event that the model does not know: ${stranger.rule}`)
  if (!failure.events.every(isEvent)) throw new UsageError(`${path} has an event with fields missing`)
  const isKnown = parseSpec(readSpec()).clauses.some(({ id }) => id === failure.clause)
  if (!isKnown) throw new UsageError(`${path} is about ${failure.clause}, which is no clause of SPEC.md any more`)
  return failure
}
