/** Writing the program of a page from one of its states: what every input does there, and what every question is answered. */
import type { Layout } from './layout.ts'
import { Program, type Bundle } from './program.ts'
import type { Answers } from './questions.ts'
import type { Effect, Tables } from './tables.ts'
import { Branch, Leaf, type Tree } from './tree.ts'

/**
 * The program of the page that a state with these values is in. `leadOf` says where an effect leads that changes leading
 * slots only; without it, all that changes anything is looked up state by state. Throws NoAnswer.
 */
export const write = (
  tables: Tables,
  layout: Layout,
  values: Int32Array,
  leadOf: ((leaf: Leaf<Effect>) => number) | null,
): Program => {
  const program = new Program(layout, leadOf === null)
  /** The answer that all of the page have in common; null where it differs, and room is made for it. */
  const common = <Found>(
    tree: Tree<Found>,
    answer: () => Leaf<Found>,
    put: (bundle: Bundle, from: Branch<Found>) => void,
  ) => {
    if (tree.descend(values) === undefined) answer()
    const at = tree.descend(values)
    if (at instanceof Leaf) return at
    if (at instanceof Branch) put(program.bundle(at.mask, at.bit), at)
    return null
  }
  tables.states.forEach((tree, question) => {
    const answer = common(
      tree,
      () => tables.stateAnswer(question, values),
      ({ states }, from) => states.push({ question, from }),
    )
    if (answer?.found.isGiven === true) program.leaves.push(answer)
  })
  tables.effects.forEach((tree, input) => {
    const effect = common(
      tree,
      () => tables.effect(input, values),
      ({ inputs }, from) => inputs.push({ input, from }),
    )
    if (effect === null) return
    const changes = effect.found.moves.length > 0
    if (effect.own !== 0 || (changes && leadOf === null)) {
      program.bundle(effect.own, 0).inputs.push({ input, from: effect })
      return
    }
    if (effect.found.counts) program.leaves.push(effect)
    if (changes && leadOf !== null) program.leads.push(leadOf(effect))
    for (const question of effect.open) {
      const answer = common(
        effect.then[question] as Tree<Answers>,
        () => tables.answer(effect, question, values),
        ({ asks }, from) => asks.push({ effect, question, from }),
      )
      if (answer?.found.isGiven === true) program.leaves.push(answer)
    }
  })
  return program
}
