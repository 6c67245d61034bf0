/** Benchmarks, side by side in one run: what they print are ratios, since a shared machine makes seconds worth little. */
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { channels } from './channel.ts'
import { checkers } from './checkers.ts'
import { conformance } from './conformance.ts'
import { model } from './engine/model.ts'
import { sayRatios } from './engine/ratios.ts'
import { count, running, say, sayTitles } from './engine/table.ts'
import { exploration } from './exploration.ts'
import { verdictOf, type Paired } from './pairs.ts'
import { sealing } from './sealing.ts'
import type { Measure } from './measure.ts'

const sayMeasure = ({ name, rate, unit, than }: Measure): void => {
  const ratio = than === undefined ? '' : `  ${(rate / than.rate).toFixed(3)} of ${than.name}`
  say(`${name.padEnd(44)} ${count(rate).padStart(14)} ${unit}${ratio}`)
}

const sayPaired = (paired: Paired): void => {
  const { name, ratios, median, most } = paired
  const all = ratios.map(ratio => ratio.toFixed(2)).join(', ')
  say(
    `${`time, ${name}`.padEnd(78)} ${median.toFixed(2).padStart(9)}  at most ${String(most).padEnd(8)} ${verdictOf(paired)}`,
  )
  say(`  the median of ${ratios.length} pairs: ${all}`)
}

say(`node ${process.version}, ${process.arch}, ${availableParallelism()} cores\n`)
sayTitles()
const explored = checkers()
const scopes = model()
say('')
sayRatios(explored, scopes)
say('')
for (const bench of [exploration, conformance, channels])
  for (const measure of await running(bench.name, bench)) sayMeasure(measure)
say('')
sayPaired(running(sealing.name, sealing))
