/** Colours and type of the pictures: dark on a light ground, and told apart by shape or words in print as well. */
import { cloudHsm } from '../../model/index.ts'

/** The font that pictures are laid out for. */
export const FONT = 'Verdana'
/** Fonts as wide as that one, for machines that do not have it. */
export const FONTS = 'Verdana,DejaVu Sans,Geneva,sans-serif'
export const INK = '#1b2733'
export const MUTED = '#5b6875'
export const CLAUSE = '#0b5cad'
export const FAILED = '#b3261e'

export interface Tone {
  readonly fill: string
  readonly line: string
}

const GONE: Tone = { fill: '#f3f4f6', line: '#8b96a3' }
const WAITING: Tone = { fill: '#fff7e0', line: '#b07d12' }
const BROKEN: Tone = { fill: '#fdeceb', line: '#b3261e' }
const SERVING: Tone = { fill: '#e8f5ea', line: '#2e7d46' }
const RESTING: Tone = { fill: '#eaf2fb', line: '#3a6ea5' }

/** How a state is coloured, by its name. */
export const toneOf = (state: string): Tone => {
  if (['vacant', 'DELETED', 'ENDED'].includes(state)) return GONE
  if (state.endsWith('_IN_PROGRESS') || state.startsWith('PENDING_')) return WAITING
  if (['DEGRADED', 'HALTED', 'ERROR', 'TAMPERED'].includes(state)) return BROKEN
  return ['ACTIVE', 'READY', 'OPERATIONAL'].includes(state) ? SERVING : RESTING
}

/** Who causes an event. */
export type Cause = 'request' | 'service' | 'hostile'

/** Colour and meaning of each cause. */
export const CAUSES: Readonly<Record<Cause, { readonly colour: string; readonly meaning: string }>> = {
  request: { colour: INK, meaning: 'request of the customer' },
  service: { colour: '#0b6e5f', meaning: 'done by the service, later' },
  hostile: { colour: '#8a2387', meaning: 'fault, or move of the adversary' },
}

const FAMILIES = new Map<string, string>(cloudHsm().rules.map(({ name, family }) => [name, family]))

/** Who causes the event; what is neither a request nor hostile is done by the service. */
export const causeOf = (event: string): Cause => {
  const family = FAMILIES.get(event)
  if (family === 'api' || family === 'data') return 'request'
  return /^(fault|crash|adversary)$/.test(family ?? '') ? 'hostile' : 'service'
}
