/** Colours, where there is a terminal that shows them and nobody asked for none. */

type Paint = (text: string) => string

export interface Colour {
  readonly good: Paint
  readonly bad: Paint
  readonly unsure: Paint
  readonly strong: Paint
  readonly faint: Paint
}

const painted =
  (code: number): Paint =>
  text =>
    `\u001b[${code}m${text}\u001b[0m`
const plain: Paint = text => text

const COLOURS: Colour = {
  good: painted(32),
  bad: painted(31),
  unsure: painted(33),
  strong: painted(1),
  faint: painted(2),
}
export const NO_COLOURS: Colour = { good: plain, bad: plain, unsure: plain, strong: plain, faint: plain }

/** Whether colours are shown: on a terminal, unless NO_COLOR is set to anything (no-color.org) or the terminal is dumb. */
export const showsColour = (
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean => stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'

/** The colours for what goes to a stream. */
export const colourFor = (
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Colour => (showsColour(stream, env) ? COLOURS : NO_COLOURS)
