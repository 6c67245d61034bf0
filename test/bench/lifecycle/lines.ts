/** The model's side of the comparison: what smoke.lifecycle reaches, and the shortest run to the planted violation. */
import { explore, observe, scopeNamed, type CloudHsm, type Contents, type State } from '../../../model/index.ts'
import { lineOf, PLANTED, reachedBy, says, stepOf, type Reached, type Said } from './vocabulary.ts'

const lifecycle = scopeNamed('smoke.lifecycle')
if (lifecycle === undefined) throw new Error('expected the scope smoke.lifecycle')
const scope = lifecycle

/** What holds, in words; false and null stand for a word of an empty slot. */
type Facts = Readonly<Record<string, string | false | null>>

const prefixed = (thing: string, facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).map(([field, word]) => [`${thing}_${field}`, word]))

/** `more` is no word of the vocabulary: nothing else can be set in this scope. */
const contentsWord = ({ certificates, configuration, officer, ...others }: Contents): string => {
  if (Object.values(others).some(part => part !== 0) || officer !== configuration) return 'more'
  if (certificates === 0) return configuration === 0 ? 'initial' : 'more'
  return configuration === 0 ? 'certified' : 'activated'
}

const clusterFacts = (state: State): Facts => {
  const cluster = observe(state).clusters[0]
  if (cluster === undefined) return {}
  const lost = state.cluster[cluster.slot]?.context.lostCsr === true
  const source = state.backup.findIndex(({ context }) => context.sourceOf.includes(cluster.slot))
  return {
    cluster: cluster.state,
    mode: cluster.mode,
    type: cluster.hsmType,
    certificate: cluster.certificate && 'present',
    source: source >= 0 && `backup${source + 1}`,
    csr: lost && 'lost',
  }
}

const hsmFacts = ({ value, context }: State['hsm'][number]): Facts =>
  value === 'vacant'
    ? {}
    : { state: value, contents: contentsWord(context.contents), copied: context.copied && 'copied' }

const backupFacts = ({ value, context }: State['backup'][number]): Facts =>
  value === 'vacant'
    ? {}
    : {
        state: value,
        contents: contentsWord(context.contents),
        mode: context.mode,
        type: context.hsmType,
        owner: context.cluster === null ? 'former' : 'present',
        awaited: context.final !== null && `hsm${context.final + 1}`,
        grace: context.graceOver && 'over',
      }

const lineOfState = (state: State): string => {
  const facts = [
    clusterFacts(state),
    ...state.hsm.map((hsm, slot) => prefixed(`hsm${slot + 1}`, hsmFacts(hsm))),
    ...state.backup.map((backup, slot) => prefixed(`backup${slot + 1}`, backupFacts(backup))),
  ].flatMap(Object.entries<string | false | null>)
  const said: Said = Object.fromEntries(facts.filter((fact): fact is [string, string] => typeof fact[1] === 'string'))
  return lineOf(said)
}

export interface Modelled extends Reached {
  /** How many steps the shortest run to the planted violation takes. */
  readonly shortest: number
}

/** Explores the scope under the model's choices. Throws when no run reaches the planted violation. */
export const modelled = (model: CloudHsm): Modelled => {
  const lines: string[] = []
  const taken: (readonly [name: string, from: number, to: number])[] = []
  const { trace } = explore(model, scope, {
    onState: state => lines.push(lineOfState(state)),
    onStep: (_before, { rule }, _step, from, to) => taken.push([rule, from, to]),
  })
  const line = (index: number) => lines[index] ?? ''
  const changing = taken.filter(([, from, to]) => line(from) !== line(to))
  const steps = changing.map(([name, from, to]) => stepOf(name, line(from), line(to)))
  return {
    ...reachedBy([stepOf('Start', '', line(0)), ...steps]),
    shortest: trace(lines.findIndex(each => says(each, PLANTED))).length,
  }
}
