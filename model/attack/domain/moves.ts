/** What each move is in the model. A move without an entry here cannot be replayed. */
import type { Step } from '../proof.ts'
import { show } from '../term.ts'
import {
  activate,
  boot,
  change,
  deceive,
  give,
  guess,
  initialise,
  isFrom,
  manufacture,
  onBench,
  restoreOnBench,
  restoreOnFleet,
  revert,
  rewind,
  set,
  share,
  useKey,
  type Bound,
} from './acts.ts'
import { all, backUp, type Act, type Stage } from './stage.ts'
import { CHOSEN } from './tokens.ts'

const MOVES: Readonly<Record<string, (of: Bound) => Act>> = {
  'customer.initialise': of => initialise(of('C'), of('M')),
  'customer.activate': of => set(of('C')),
  'customer.change': of => change(of('C')),
  'hsm.backup.before': of => seal(of, 'before'),
  'hsm.backup': of => seal(of, 'now'),
  'client.connect': of => deceive(of('C'), of('V')),
  'tenant.restore': of =>
    all(
      share(of('B')),
      restoreOnFleet('attacker', `tenant(${of('M')})`, of('M'), of('B'), { account: '444455556666' }),
    ),
  'hsm.restore': of =>
    of('U').startsWith('unit')
      ? all(onBench(of('U')), restoreOnBench(of('B')))
      : restoreOnFleet('service', of('U'), of('M'), of('B'), {}),
  'fleet.restore': of => restoreOnFleet('service', `spare(${of('M')})`, of('M'), of('B'), {}),
  'hsm.revert': of => revert(`hsm(${of('C')})`, of('B')),
  'hsm.rewind': of => rewind(`hsm(${of('C')})`, of('C'), of('E')),
  'attacker.activate': of =>
    all(activate('attacker', of('C'), CHOSEN), stage => ({ ...stage, known: [...stage.known, CHOSEN] })),
  'login.use': of => useKey(of('V'), of('C')),
  'login.reset': of => all(give(of('V'), 'CU'), useKey(of('V'), of('C'))),
  'login.control': of => give(`hsm(${of('C')})`, 'CO'),
  'guess.online': of => guess(of('V'), of),
  'guess.tenant': of => guess(`tenant(${of('M')})`, of),
  'unit.buy': () => manufacture('unit(genuine, blank)', true, false),
  'unit.steal': () => manufacture('unit(genuine, akbk)', true, true),
  'unit.smuggle': () => manufacture('unit(genuine, akbk)', true, true),
  'unit.load': of => manufacture(`unit(${of('N')}, akbk)`, of('N') === 'genuine', true),
  'unit.imitate': () => manufacture('unit(imitation, blank)', false, false),
  'unit.plant': () => manufacture('unit(imitation, akbk)', false, true),
  'unit.boot': of => boot(`unit(${of('N')}, ${of('A')})`, of('Y'), of('F')),
  'evil.unwrap': of => all(onBench(`unit(${of('N')}, ${of('A')})`), restoreOnBench(of('B'))),
}

const bekOf = (of: Bound): string => `bek(${of('V')}, ${of('M')}, ${of('O')})`

/** Contents of the customer's own are sealed in their time; those of another era are left to other moves. */
const seal = (of: Bound, era: string): Act => {
  const [, cluster, from] = /^snap\((\w+), (\w+)\)$/.exec(of('O')) ?? []
  if (cluster === undefined || from !== era) return () => null
  return all(isFrom(of('V'), cluster, era), backUp(of('V'), bekOf(of)))
}

/** The rules that can be replayed. */
export const REPLAYED = Object.keys(MOVES)

/** Takes a move in the model; null where it cannot be taken, or has no inputs. */
export const takeMove = (stage: Stage, { rule, bindings }: Step): Stage | null => {
  const of: Bound = variable => {
    const bound = bindings.get(variable)
    if (bound === undefined) throw new Error(`expected ${rule.id} to have ${variable}, got nothing`)
    return show(bound)
  }
  return MOVES[rule.id]?.(of)(stage) ?? null
}
