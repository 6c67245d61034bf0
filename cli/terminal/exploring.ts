/** How far an exploration is, for the live line: what is explored, how fast, and what still waits. */
import type { Progress as Explored } from '../../properties/index.ts'
import type { Tick } from './progress.ts'
import { count } from './table.ts'

const whatOf = ({ scope, isGraph }: Explored): string => (isGraph ? `the graph of ${scope}` : scope)

/** Ticks for what is told of explorations, several of which may be under way at a time. `now` is in milliseconds. */
export const ticks = (now: () => number): ((told: Explored) => Tick) => {
  const begun = new Map<string, number>()
  let most = 0
  return told => {
    const { states, depth, frontier, done, total } = told
    const what = whatOf(told)
    const key = `${done} ${what}`
    const began = begun.get(key) ?? now()
    begun.set(key, began)
    most = Math.max(most, done)
    const rate = Math.round((states * 1000) / Math.max(1, now() - began))
    const counts = `${count(states)} states, ${count(rate)}/s, depth ${depth}, ${count(frontier)} waiting`
    return { what, counts, done: most, total }
  }
}
