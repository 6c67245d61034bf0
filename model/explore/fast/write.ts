/** Writing the program of a page from one of its states: what every input does there, and what every question is answered. */
import type { Layout } from './layout.ts'
import { Program, type Bundle, type Group } from './program.ts'
import type { Answer } from './questions.ts'
import type { Effect, Tables } from './tables.ts'
import { Branch, type Leaf, type Tree } from './tree.ts'

/** What all of the page have in common; what else it takes, as a mask. */
const maskIn = <Found>(tree: Tree<Found>, values: Int32Array): number => {
  const at = tree.descend(values)
  if (at === undefined) throw new Error(`expected an answer of ${tree.name}`)
  return at.mask
}

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
  tables.states.forEach((tree, question) => {
    const answer = tables.stateAnswer(question, values)
    const mask = maskIn(tree, values)
    if (mask === 0) program.leaves.push(answer)
    else program.bundle(mask).states.push(question)
  })
  tables.effects.forEach((tree, input) => {
    if (tree.descend(values) === undefined) tables.effect(input, values)
    const at = tree.descend(values)
    if (at instanceof Branch) return void program.bundle(at.mask).inputs.push(input)
    const effect = tables.effect(input, values)
    const changes = effect.found.moves.length > 0
    if (effect.own !== 0 || (changes && leadOf === null)) return void program.bundle(effect.own).inputs.push(input)
    program.leaves.push(effect)
    if (changes && leadOf !== null) program.leads.push(leadOf(effect))
    effect.then.forEach((_, question) => {
      const answer = placed(program, null, tables, effect, question, values)
      if (answer !== null) program.leaves.push(answer)
    })
  })
  program.hasGrown = false
  return program
}

/**
 * The answer to a question about a step, if it belongs to this bundle (null: to what all of the page have in common);
 * null where it is worked out elsewhere, for which room is made.
 */
export const placed = (
  program: Program,
  bundle: Bundle | null,
  tables: Tables,
  effect: Leaf<Effect>,
  question: number,
  values: Int32Array,
): Leaf<Answer> | null => {
  const tree = effect.then[question] as Tree<Answer>
  const where = program.where.get(tree)
  if (where !== undefined && where !== 'here') return null
  const answer = tables.answer(effect, question, values)
  if (where === 'here') return answer
  const own = bundle?.mask ?? 0
  const mask = maskIn(tree, values)
  if ((mask & ~own) === 0) {
    program.where.set(tree, 'here')
    return answer
  }
  const place = program.bundle(mask | own)
  program.where.set(tree, place === bundle ? 'here' : place)
  if (place === bundle) return answer
  place.ask(effect, question)
  program.hasGrown = true
  if ('reset' in place) (place as Group).reset()
  return null
}
