/** `check --list`: the scopes there are, each with its bounds and the question that they suffice for. */
import { scopes, type Scope } from '../../model/index.ts'
import type { Report } from '../command.ts'
import type { Colour } from '../terminal/colour.ts'
import { count } from '../terminal/table.ts'

const WORDS = { cluster: 'cluster', hsm: 'HSM', backup: 'backup', hardware: 'unit of hardware', job: 'job' } as const

const many = (number: number, word: string): string =>
  number === 1 ? `1 ${word}` : `${count(number)} ${word === WORDS.hardware ? 'units of hardware' : `${word}s`}`

/** The bounds of a scope, in words. */
const boundsOf = ({ slots, inputs, choices, starts }: Scope): string =>
  [
    ...(Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap(kind => {
      const number = slots[kind] ?? 0
      return number === 0 ? [] : [many(number, WORDS[kind])]
    }),
    many(inputs.length, 'input'),
    ...(choices.length === 1 ? [] : [many(choices.length, 'combination') + ' of choices']),
    ...(starts.length === 1 ? [] : [many(starts.length, 'start')]),
  ].join(', ')

/** What a machine wants to know of a scope's bounds. */
export const boundFacts = ({ slots, inputs, choices, starts }: Scope) => ({
  slots,
  inputs: inputs.length,
  rules: [...new Set(inputs.map(({ rule }) => rule))],
  choices,
  starts: starts.length,
})

/** All scopes, as a report. */
export const listReport = (colour: Colour): Report => ({
  verdict: 'holds',
  facts: { scopes: scopes.map(scope => ({ name: scope.name, why: scope.why, ...boundFacts(scope) })) },
  lines: scopes.flatMap((scope, at) => [
    ...(at === 0 ? [] : ['']),
    `${colour.strong(scope.name)}  ${boundsOf(scope)}`,
    `  ${scope.why}`,
  ]),
})
