/** What each move is in the model: the inputs that it consists of. A move without inputs here cannot be replayed. */
import type { Step } from '../proof.ts'
import { show } from '../term.ts'
import { all, backUp, contentsOf, createCluster, createHsm, send, type Act, type Stage } from './stage.ts'
import { CHOSEN, passwordOf, tokensOf } from './tokens.ts'

/** What a variable of the step stands for, written out. */
type Bound = (variable: string) => string

const clusterOf = (stage: Stage, unit: string): number => stage.clusters[unit] ?? -1
const sourceOf = (stage: Stage, bek: string): number | null =>
  stage.backups.find(kept => kept.bek === bek)?.slot ?? null
const reach =
  (...facts: readonly string[]): Act =>
  stage => ({ ...stage, reached: [...stage.reached, ...facts] })
const only =
  (holds: (stage: Stage) => boolean): Act =>
  stage =>
    holds(stage) ? stage : null

const initialise = (cluster: string, mode: string): Act => {
  const unit = `hsm(${cluster})`
  const value = tokensOf(cluster).certificate
  return all(
    only(stage => stage.clusters[unit] === undefined),
    createCluster('customer', unit, () => ({}), mode),
    createHsm('customer', unit),
    send('service', stage => ({ rule: 'HsmProvisioned', hsm: stage.hsms[unit] ?? -1 })),
    send('customer', stage => ({
      rule: 'InitializeCluster',
      cluster: clusterOf(stage, unit),
      certificate: 'matching',
      value,
    })),
    send('service', stage => ({ rule: 'ClusterInitialized', cluster: clusterOf(stage, unit) })),
  )
}

const activate = (by: 'customer' | 'attacker', cluster: string, value: number): Act =>
  all(
    send(by, stage => ({ rule: 'Activate', cluster: clusterOf(stage, `hsm(${cluster})`), value })),
    send('service', stage => ({ rule: 'ClusterActivated', cluster: clusterOf(stage, `hsm(${cluster})`) })),
  )

const set = (cluster: string): Act => {
  const at = (stage: Stage) => clusterOf(stage, `hsm(${cluster})`)
  const { officerBefore, userBefore, key } = tokensOf(cluster)
  return all(
    activate('customer', cluster, officerBefore),
    send('customer', stage => ({ rule: 'CreateUser', cluster: at(stage), as: 'CO', user: 'CU', value: userBefore })),
    send('customer', stage => ({ rule: 'GenerateKey', cluster: at(stage), as: 'CU', value: key })),
  )
}

const change = (cluster: string): Act => {
  const at = (stage: Stage) => clusterOf(stage, `hsm(${cluster})`)
  const { officerNow, userNow } = tokensOf(cluster)
  return all(
    send('customer', stage => ({ rule: 'ChangePassword', cluster: at(stage), as: 'CU', user: 'CU', value: userNow })),
    send('customer', stage => ({
      rule: 'ChangePassword',
      cluster: at(stage),
      as: 'CO',
      user: 'CO',
      value: officerNow,
    })),
    stage => ({ ...stage, known: [...stage.known, ...(stage.former[cluster] ?? [])] }),
  )
}

/** An HSM of the fleet, in a cluster of its own that is created from the backup. */
const restoreOnFleet = (by: 'service' | 'attacker', unit: string, mode: string, bek: string, more: object): Act =>
  all(
    createCluster(
      by,
      unit,
      stage => {
        const source = sourceOf(stage, bek)
        return source === null ? null : { source, ...more }
      },
      mode,
    ),
    createHsm(by, unit),
    send('service', stage => ({ rule: 'HsmRestored', hsm: stage.hsms[unit] ?? -1 })),
  )

const restoreOnBench = (bek: string): Act =>
  send('attacker', stage => {
    const backup = sourceOf(stage, bek)
    return backup === null ? null : { rule: 'RestoreOnto', backup }
  })

const onBench = (unit: string): Act => only(stage => stage.bench === unit)

const replaceHsm = (unit: string): Act =>
  all(
    send('service', stage => ({ rule: 'FailHsm', hsm: stage.hsms[unit] ?? -1 })),
    send('service', stage => ({ rule: 'HsmReplaced', hsm: stage.hsms[unit] ?? -1 })),
    send('service', stage => ({ rule: 'HsmRestored', hsm: stage.hsms[unit] ?? -1 })),
  )

/** The newest backup of the cluster gives its place to that one, if it is another; then the HSM fails and is restored. */
const rewind = (unit: string, bek: string): Act => {
  const newest = (stage: Stage): number =>
    stage.account.backup.findLastIndex(({ context }) => context.cluster === clusterOf(stage, unit))
  const replay: Act = stage => {
    const source = sourceOf(stage, bek)
    if (source === null || newest(stage) === source) return source === null ? null : stage
    return send('service', () => ({ rule: 'ReplayBackup', backup: newest(stage), source }))(stage)
  }
  return all(replay, replaceHsm(unit))
}

/** The password that the attacker knows is the user's on that HSM. */
const knows = (unit: string, role: string): Act =>
  only(stage => {
    const contents = contentsOf(stage, unit)
    return contents !== null && stage.known.includes(role === 'CO' ? contents.officer : contents.users)
  })

const useKey = (unit: string, cluster: string): Act =>
  all(
    knows(unit, 'CU'),
    only(stage => contentsOf(stage, unit)?.keys === tokensOf(cluster).key),
    send('attacker', stage => ({ rule: 'UseKey', cluster: clusterOf(stage, unit), as: 'CU' })),
    reach(`uses(key(${cluster}))`, `uses(imported(${cluster}))`),
  )

const give = (unit: string, user: 'CO' | 'CU'): Act =>
  all(
    knows(unit, 'CO'),
    send('attacker', stage => ({
      rule: 'ChangePassword',
      cluster: clusterOf(stage, unit),
      as: 'CO',
      user,
      value: CHOSEN,
    })),
    stage => ({ ...stage, known: [...stage.known, CHOSEN] }),
  )

/** Five wrong passwords lock the account; on the HSM that comes in the place of the locked one it is open. */
const guess = (cluster: string, as: 'CO' | 'CU'): Act => {
  const unit = `hsm(${cluster})`
  const login = (password: 'right' | 'wrong') => (stage: Stage) =>
    ({ rule: 'LogIn', cluster: clusterOf(stage, unit), as, password }) as const
  const secure: Act = stage =>
    stage.account.backup.some(({ context }) => context.cluster === clusterOf(stage, unit))
      ? stage
      : backUp(unit, `bek of ${unit}`)(stage)
  return all(
    secure,
    ...[1, 2, 3, 4, 5].map(() => send('attacker', login('wrong'), 'LOGIN_FAILURE')),
    send('attacker', login('right'), 'USER_LOCKED'),
    replaceHsm(unit),
    send('attacker', login('right')),
    reach(`know(pw(${as}, ${cluster}, now))`),
    stage => ({ ...stage, known: [...stage.known, passwordOf(cluster, as, 'now')] }),
  )
}

/** The customer logs in to what it takes for its cluster, with the password that it has given the crypto user last. */
const deceive = (cluster: string, unit: string): Act =>
  all(
    only(stage => {
      const contents = contentsOf(stage, unit)
      const { certificate, userNow } = tokensOf(cluster)
      return contents?.certificates === certificate && contents.users === userNow
    }),
    send('customer', stage => ({ rule: 'LogIn', cluster: clusterOf(stage, unit), as: 'CU', password: 'right' })),
    reach(`connected(${cluster}, ${unit})`),
  )

const manufacture = (unit: string, genuine: boolean, isCommissioned: boolean): Act =>
  all(
    send('attacker', () => ({ rule: 'Manufacture', genuine, line: 'hsm2m' })),
    ...(isCommissioned ? [send('attacker', () => ({ rule: 'Commission', officers: 'two' }) as const)] : []),
    stage => ({ ...stage, bench: unit, code: '' }),
  )

/** What the firmware does, the model does not say; by whose key it is signed, it does. */
const boot = (unit: string, code: string, key: string): Act =>
  all(
    onBench(unit),
    send('attacker', () => ({ rule: 'Boot', firmware: key === 'production' ? 'fips' : 'other' })),
    stage => ({ ...stage, code }),
  )

const MOVES: Readonly<Record<string, (of: Bound) => Act>> = {
  'customer.initialise': of => initialise(of('C'), of('M')),
  'customer.activate': of => set(of('C')),
  'customer.change': of => change(of('C')),
  'hsm.backup.before': of => backUp(of('V'), bekOf(of)),
  'hsm.backup': of => backUp(of('V'), bekOf(of)),
  'client.connect': of => deceive(of('C'), of('V')),
  'tenant.restore': of =>
    all(
      send('customer', stage => {
        const backup = sourceOf(stage, of('B'))
        return backup === null ? null : { rule: 'PutResourcePolicy', backup }
      }),
      restoreOnFleet('attacker', `tenant(${of('M')})`, of('M'), of('B'), { account: '444455556666' }),
    ),
  'hsm.restore': of =>
    of('U').startsWith('unit')
      ? all(onBench(of('U')), restoreOnBench(of('B')))
      : restoreOnFleet('service', of('U'), of('M'), of('B'), {}),
  'hsm.rewind': of => rewind(`hsm(${of('C')})`, of('B')),
  'attacker.activate': of =>
    all(activate('attacker', of('C'), CHOSEN), stage => ({ ...stage, known: [...stage.known, CHOSEN] })),
  'login.use': of => useKey(of('V'), of('C')),
  'login.reset': of => all(give(of('V'), 'CU'), useKey(of('V'), of('C'))),
  'login.control': of => give(`hsm(${of('C')})`, 'CO'),
  'guess.online': of => guess(of('C'), of('R') as 'CO' | 'CU'),
  'unit.buy': () => manufacture('unit(genuine, blank)', true, false),
  'unit.steal': () => manufacture('unit(genuine, akbk)', true, true),
  'unit.smuggle': () => manufacture('unit(genuine, akbk)', true, true),
  'unit.load': () => manufacture('unit(genuine, akbk)', true, true),
  'unit.imitate': () => manufacture('unit(imitation, blank)', false, false),
  'unit.plant': () => manufacture('unit(imitation, akbk)', false, true),
  'unit.boot': of => boot(`unit(${of('N')}, ${of('A')})`, of('Y'), of('F')),
  'evil.unwrap': of => all(onBench(`unit(${of('N')}, ${of('A')})`), restoreOnBench(of('B'))),
}

const bekOf = (of: Bound): string => `bek(${of('V')}, ${of('M')}, ${of('O')})`

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
