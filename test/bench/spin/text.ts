/** What the Promela texts share: each rule with its participants is one d_step, and the mode is chosen in a first step. */

export const upTo = (count: number): readonly number[] => [...Array(count).keys()]

/** A rule with its participants. Its name is for the reader. */
export const rule = (name: string, guard: string, effect: string): string =>
  `  :: d_step { ${guard} -> ${effect} } /* ${name} */`

export interface Program {
  readonly comment: string
  /** Declared as bytes; what is hidden is no part of the state. */
  readonly variables: readonly string[]
  readonly hidden: readonly string[]
  readonly rules: readonly string[]
}

/** The whole text. Mode 0 is not chosen yet. */
export const program = ({ comment, variables, hidden, rules }: Program): string =>
  `/* ${comment}; mode 1 is FIPS, 2 is NON_FIPS, 0 is nothing */
byte mode, ${variables.join(', ')};
hidden byte ${hidden.join(', ')};

active proctype network() {
  if :: mode = 1 :: mode = 2 fi;
  do
${rules.join('\n')}
  od
}
`
