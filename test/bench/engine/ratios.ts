/** What is required of the fast explorer: ratios of what was measured in one run on one machine. */
import type { Checkers, Pair } from '../checkers.ts'
import { bytesPerState, count, rateOf, say, type Row } from './table.ts'

interface Requirement {
  readonly name: string
  /** Null where one side of it was not measured. */
  readonly value: number | null
  readonly least?: number
  readonly most?: number
}

const ratio = ({ fast, spin }: Pair): number | null => spin && rateOf(fast) / rateOf(spin)
const over = (one: number | null, other: number | null): number | null => one && other && one / other

const larger = (one: Row, other: Row): Row => (other.states > one.states ? other : one)

const requirements = (
  { large, largest, xstate, variants }: Checkers,
  scopes: readonly Row[],
): readonly Requirement[] => {
  const { what } = large.fast
  const rate = rateOf(large.fast)
  const scope = scopes.reduce(larger)
  return [
    { name: `states/s, fast / Spin, ${what}`, value: ratio(large), least: 8 },
    { name: `states/s, fast, ${what} / XState's own, ${xstate.what}`, value: rate / rateOf(xstate), least: 500 },
    { name: `states/s, fast, ${largest.what} / ${what}`, value: rateOf(largest) / rate, least: 0.8 },
    { name: `bytes/state, fast, ${largest.what}`, value: bytesPerState(largest), most: 24 },
    ...variants.map(pair => ({
      name: `fast / Spin, ${pair.fast.what}, over that of ${what}`,
      value: over(ratio(pair), ratio(large)),
      least: 0.7,
    })),
    { name: `states/s, all properties, ${scope.what}`, value: rateOf(scope), least: 250_000 },
  ]
}

const DIGITS = 100
const numberOf = (value: number): string => (value < DIGITS ? value.toFixed(2) : count(value))

const verdictOf = ({ value, least = -Infinity, most = Infinity }: Requirement): string => {
  if (value === null) return 'not measured'
  return value >= least && value <= most ? 'met' : 'NOT MET'
}

/** Prints each with its requirement, and whether it is met. */
export const sayRatios = (checkers: Checkers, scopes: readonly Row[]): void => {
  for (const requirement of requirements(checkers, scopes)) {
    const { name, value, least, most } = requirement
    const bound = least === undefined ? `at most ${most}` : `at least ${least.toLocaleString('en-US')}`
    const measured = value === null ? '' : numberOf(value)
    say(`${name.padEnd(78)} ${measured.padStart(9)}  ${bound.padEnd(16)} ${verdictOf(requirement)}`)
  }
}
