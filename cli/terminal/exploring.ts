/** How far an exploration is, for the live line: what is explored, how fast, and what still waits. */
import type { Progress as Explored } from '../../properties/index.ts'
import type { Tick } from './progress.ts'
import { count } from './table.ts'

const whatOf = ({ scope, isGraph }: Explored): string => (isGraph ? `the graph of ${scope}` : scope)

/** Ticks for what is told of one exploration after the other. `now` is in milliseconds. */
export const ticks = (now: () => number): ((told: Explored) => Tick) => {
  let [began, current] = [now(), '']
  return told => {
    const { states, depth, frontier, done, total } = told
    const what = whatOf(told)
    if (`${done} ${what}` !== current) [began, current] = [now(), `${done} ${what}`]
    const rate = Math.round((states * 1000) / Math.max(1, now() - began))
    const counts = `${count(states)} states, ${count(rate)}/s, depth ${depth}, ${count(frontier)} waiting`
    return { what, counts, done, total }
  }
}
