/** Puts alterations to HSMs: every one that changes something has to be refused with the code expected, and to change nothing. */
import fc from 'fast-check'
import {
  createFactory,
  defaultParts,
  type Factory,
  type Hsm,
  type Line,
  type Mode,
  type Parts,
} from '../../../impl/hsm/index.ts'
import { codeOf, entropy, filled, valueOf } from '../fleet.ts'
import { alteration, altered, type Alteration } from './backups.ts'
import { same } from './form.ts'
import { expectedOf, type Genuine, type Reader } from './oracle.ts'

/** What the service runs; nothing of the line hsm1 runs in the other mode. */
const KINDS = [
  ['FIPS', 'hsm1'],
  ['FIPS', 'hsm2m'],
  ['NON_FIPS', 'hsm2m'],
] as const satisfies readonly (readonly [Mode, Line])[]

export interface Target extends Reader {
  readonly hsm: Hsm
}

/** Two backups of two HSMs of each kind, and an HSM of each kind that has contents of its own. */
export interface Bench {
  readonly genuine: readonly Genuine[]
  readonly targets: readonly Target[]
}

export const bench = (parts: Partial<Parts> = {}): Bench => {
  const factory: Factory = createFactory(entropy(1_000_000), { ...defaultParts, ...parts })
  const genuine = KINDS.flatMap(([mode, line], kind) =>
    [0, 1].map(n => ({ mode, line, bytes: valueOf(filled(300 + 2 * kind + n, line, mode, factory).backup()) })),
  )
  const targets = KINDS.map(([mode, line], kind) => ({ mode, line, hsm: filled(310 + kind, line, mode, factory) }))
  for (const { hsm } of targets) hsm.drainAudit()
  return { genuine, targets }
}

/** The ways into an HSM for what another has sealed: a restore, and what a peer hands over. */
const WAYS: readonly ((
  hsm: Hsm,
  altered: Uint8Array,
  own: Uint8Array,
) => ReturnType<Hsm['redo']> | ReturnType<Hsm['restore']>)[] = [
  (hsm, altered) => hsm.restore(altered),
  (hsm, altered) => hsm.takeKeys(altered, []),
  (hsm, altered, own) => hsm.redo(altered, own),
  (hsm, altered, own) => hsm.redo(own, altered),
]

/** All of a unit that can be seen, and the bits that it would draw next. */
export const stateOf = (hsm: Hsm): string => {
  const logged = hsm.clone().drainAudit().length
  const shown = [hsm.power(), hsm.mode(), hsm.digest(), hsm.remains(), hsm.keyDigests(), hsm.remaining(), logged]
  const next = hsm.clone().backup()
  return JSON.stringify([shown, next.ok ? [...next.value] : next])
}

export interface Tally {
  /** Alterations that were put to a target. */
  readonly cases: number
  /** How often each code was expected, and answered. */
  readonly codes: Readonly<Record<string, number>>
  /** The first that was not answered as expected, made as small as it goes; null when all were. */
  readonly broken: string | null
}

/** Puts this many alterations, drawn from a seed, each to one of the targets. What changes nothing is drawn anew. */
export const tamper = ({ genuine, targets }: Bench, cases: number, seed: number): Tally => {
  const codes: Record<string, number> = {}
  const blobs = genuine.map(({ bytes }) => bytes)
  const before = targets.map(({ hsm }) => stateOf(hsm))
  const put = fc.property(alteration, fc.nat({ max: 8 }), fc.nat({ max: 9 }), (change, choice, way) => {
    const bytes = altered(blobs, change)
    const target = targetOf(targets, genuine[change.parts.header ?? change.base], choice)
    fc.pre(!blobs.some(blob => same(blob, bytes)))
    const expected = expectedOf(genuine, target, bytes)
    const held = target.hsm.digest()
    const enter = WAYS[way] ?? WAYS[0]
    const code = enter === undefined ? '' : codeOf(enter(target.hsm, bytes, ownOf(genuine, target)))
    target.hsm.drainAudit()
    if (expected === 'opens' || code !== expected) throw new Error(`expected ${expected}, got ${code}`)
    if (target.hsm.digest() !== held) throw new Error(`refused with ${code}, and its contents changed`)
    codes[code] = (codes[code] ?? 0) + 1
  })
  const run = fc.check(put, { numRuns: cases, seed, maxSkipsPerRun: 1 })
  const touched = targets.findIndex(({ hsm }, at) => stateOf(hsm) !== before[at])
  return { cases: run.numRuns, codes, broken: brokenBy(run) ?? (touched < 0 ? null : `target ${touched} was touched`) }
}

/** A backup that the target would open. */
const ownOf = (genuine: readonly Genuine[], target: Target): Uint8Array =>
  genuine.find(({ mode, line }) => mode === target.mode && line === target.line)?.bytes ?? new Uint8Array(0)

/** Mostly the one of the kind that the header was of, or nothing but the first check would be seen. */
const targetOf = (targets: readonly Target[], shown: Genuine | undefined, choice: number): Target => {
  const own = targets.find(({ mode, line }) => mode === shown?.mode && line === shown.line)
  const target = targets[choice] ?? own
  if (target === undefined) throw new Error('expected a target')
  return target
}

const brokenBy = (run: fc.RunDetails<[Alteration, number, number]>): string | null => {
  if (!run.failed) return null
  const why = run.errorInstance instanceof Error ? run.errorInstance.message : 'too much was drawn that changes nothing'
  return `${why}: ${fc.stringify(run.counterexample)}`
}
