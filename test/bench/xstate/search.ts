/** XState's own explorer on the benchmark network, in a process of its own that can be stopped: size in, counts out, as JSON. */
import process from 'node:process'
import { getAdjacencyMap } from 'xstate/graph'
import type { Size } from '../network/index.ts'
import { slotsMachine } from './machine.ts'
import { eventsOf, slotsText } from './slots.ts'

const KILOBYTE = 1024
const size = JSON.parse(process.argv[2] ?? '') as Size
const began = performance.now()
// Its shortest paths are made of the same map, and take longer. Without the filter it keeps the steps that nothing enables.
const found = getAdjacencyMap(slotsMachine, {
  input: size,
  events: eventsOf(size),
  filterEvents: (state, event) => state.can(event),
  serializeState: ({ value, context }) => `${value as string}${slotsText(context)}`,
})
const seconds = (performance.now() - began) / 1000
const all = Object.values(found)
const transitions = all.reduce((sum, state) => sum + Object.keys(state.transitions).length, 0)
const bytes = process.resourceUsage().maxRSS * KILOBYTE
process.stdout.write(JSON.stringify({ states: all.length, transitions, seconds, bytes }))
