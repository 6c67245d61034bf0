/** Benchmarks, side by side in one run: what they print are ratios, since a shared machine makes seconds worth little. */
import process from 'node:process'
import { checkers } from './checkers.ts'
import { conformance } from './conformance.ts'
import { exploration } from './exploration.ts'
import { sealing } from './sealing.ts'
import type { Measure } from './measure.ts'

const count = (value: number): string => Math.round(value).toLocaleString('en-US')

const print = ({ name, rate, unit, than }: Measure): void => {
  const ratio = than === undefined ? '' : `  ${(rate / than.rate).toFixed(3)} of ${than.name}`
  process.stdout.write(`${name.padEnd(44)} ${count(rate).padStart(14)} ${unit}${ratio}\n`)
}

process.stdout.write(`node ${process.version}, ${process.arch}\n`)
for (const bench of [exploration, checkers, conformance, sealing]) for (const measure of await bench()) print(measure)
