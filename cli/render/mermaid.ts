/** A machine as a Mermaid stateDiagram-v2: what a state accepts and stays is its description, the rest are transitions. */
import type { DrawnState, Edge, Graph } from './graph.ts'
import { broken, plain } from './words.ts'

/** Mermaid ends a label at `;` and at a second `:`, and takes `#` for the start of an entity. */
export const escape = (text: string): string =>
  text.replaceAll('#', '#35;').replaceAll(/[:<>"]/g, letter => `#${letter.charCodeAt(0)};`)

const lines = (texts: readonly string[]): string => texts.flatMap(broken).map(escape).join('<br/>')

const state = ({ name, caption, stays }: DrawnState): readonly string[] => {
  const described = [...(caption === '' ? [] : [[caption]]), ...stays.map(plain)]
  return [`  state "${name}" as ${name}`, ...described.map(texts => `  ${name} : ${lines(texts)}`)]
}

const edge = ({ from, to, labels }: Edge): string => `  ${from} --> ${to} : ${lines(labels.flatMap(plain))}`

/** A note beside the first state says what holds in all of them. */
const note = ({ states, everywhere, abbreviations }: Graph): readonly string[] => {
  const said = [
    ...everywhere.flatMap(plain),
    ...abbreviations.map(([name, meaning]) => `${name} is short for ${meaning}`),
  ]
  const [first] = states
  if (said.length === 0 || first === undefined) return []
  return [`  note right of ${first.name}`, ...said.map(text => `    ${lines([text])}`), '  end note']
}

/** Mermaid source of a machine. */
export const mermaidOf = (graph: Graph): string =>
  ['stateDiagram-v2', '  direction TB', ...graph.states.flatMap(state), ...graph.edges.map(edge), ...note(graph)].join(
    '\n',
  ) + '\n'
