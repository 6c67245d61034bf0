/** What customers, the service and attackers do in a replay, each as the inputs of the model that it consists of. */
import { all, backUp, contentsOf, createCluster, createHsm, send, type Act, type Stage } from './stage.ts'
import { CHOSEN, passwordOf, tokensOf } from './tokens.ts'

/** What a variable of the step stands for, written out. */
export type Bound = (variable: string) => string

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

/** The customer creates a cluster in this mode, with its first HSM, and initialises it. */
export const initialise = (cluster: string, mode: string): Act => {
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

/** Somebody activates it with this password of the officer. */
export const activate = (by: 'customer' | 'attacker', cluster: string, value: number): Act =>
  all(
    send(by, stage => ({ rule: 'Activate', cluster: clusterOf(stage, `hsm(${cluster})`), value })),
    send('service', stage => ({ rule: 'ClusterActivated', cluster: clusterOf(stage, `hsm(${cluster})`) })),
  )

/** The customer activates it, and creates a crypto user and a key. */
export const set = (cluster: string): Act => {
  const at = (stage: Stage) => clusterOf(stage, `hsm(${cluster})`)
  const { officerBefore, userBefore, key } = tokensOf(cluster)
  return all(
    activate('customer', cluster, officerBefore),
    send('customer', stage => ({ rule: 'CreateUser', cluster: at(stage), as: 'CO', user: 'CU', value: userBefore })),
    send('customer', stage => ({ rule: 'GenerateKey', cluster: at(stage), as: 'CU', value: key })),
  )
}

/** The customer changes both passwords; whoever knew one has it still. */
export const change = (cluster: string): Act => {
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
export const restoreOnFleet = (
  by: 'service' | 'attacker',
  unit: string,
  mode: string,
  bek: string,
  more: object,
): Act =>
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

/** The customer shares the backup with the other account. */
export const share = (bek: string): Act =>
  send('customer', stage => {
    const backup = sourceOf(stage, bek)
    return backup === null ? null : { rule: 'PutResourcePolicy', backup }
  })

/** The backup is restored onto the unit on the bench, once it is labelled with the unit's mode: firmware of the attacker's looks at no label. */
export const restoreOnBench = (bek: string): Act => {
  const relabel: Act = stage => {
    const backup = sourceOf(stage, bek) ?? -1
    const isOther = stage.account.backup[backup]?.context.mode !== stage.account.hardware[0]?.context.mode
    if (!isOther || stage.code !== 'evil') return stage
    return send('attacker', () => ({ rule: 'RelabelBackup', backup, field: 'mode' }))(stage)
  }
  const restore = send('attacker', stage => ({ rule: 'RestoreOnto', backup: sourceOf(stage, bek) ?? -1 }))
  return all(relabel, restore)
}

/** It is this unit that is on the bench. */
export const onBench = (unit: string): Act => only(stage => stage.bench === unit)

const replaceHsm = (unit: string): Act =>
  all(
    send('service', stage => ({ rule: 'FailHsm', hsm: stage.hsms[unit] ?? -1 })),
    send('service', stage => ({ rule: 'HsmReplaced', hsm: stage.hsms[unit] ?? -1 })),
    send('service', stage => ({ rule: 'HsmRestored', hsm: stage.hsms[unit] ?? -1 })),
  )

const newestOf = (stage: Stage, unit: string): number =>
  stage.account.backup.findLastIndex(({ context }) => context.cluster === clusterOf(stage, unit))

/** The HSM fails and is restored from the newest backup of its cluster, which is that one. */
export const revert = (unit: string, bek: string): Act =>
  all(
    only(stage => newestOf(stage, unit) === sourceOf(stage, bek)),
    replaceHsm(unit),
  )

/** The newest backup of the cluster gives its place to one of that era; then the HSM fails and is restored from it. */
export const rewind = (unit: string, cluster: string, era: string): Act =>
  all(
    send('service', stage => {
      const users = passwordOf(cluster, 'CU', era)
      const source = stage.backups.find(({ contents }) => contents.users === users)?.slot ?? -1
      return { rule: 'ReplayBackup', backup: newestOf(stage, unit), source }
    }),
    replaceHsm(unit),
  )

/** The password that the attacker knows is the user's on that HSM. */
const knows = (unit: string, role: string): Act =>
  only(stage => {
    const contents = contentsOf(stage, unit)
    return contents !== null && stage.known.includes(role === 'CO' ? contents.officer : contents.users)
  })

/** The attacker logs in as the crypto user, with a password that it knows, and has the key compute. */
export const useKey = (unit: string, cluster: string): Act =>
  all(
    knows(unit, 'CU'),
    only(stage => contentsOf(stage, unit)?.keys === tokensOf(cluster).key),
    send('attacker', stage => ({ rule: 'UseKey', cluster: clusterOf(stage, unit), as: 'CU' })),
    reach(`uses(key(${cluster}))`, `uses(imported(${cluster}))`),
  )

/** The attacker logs in as the officer, with a password that it knows, and gives a user another. */
export const give = (unit: string, user: 'CO' | 'CU'): Act =>
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

/** The HSM holds contents of the cluster from before the passwords were changed, or from after. */
export const isFrom = (unit: string, cluster: string, era: string): Act =>
  only(stage => contentsOf(stage, unit)?.users === passwordOf(cluster, 'CU', era))

/** Five wrong passwords lock the account; on the HSM that comes in the place of the locked one it is open. */
export const guess = (unit: string, of: Bound): Act => {
  const as = of('R') as 'CO' | 'CU'
  const password = `pw(${as}, ${of('C')}, ${of('E')})`
  const login = (which: 'right' | 'wrong') => (stage: Stage) =>
    ({ rule: 'LogIn', cluster: clusterOf(stage, unit), as, password: which }) as const
  const secure: Act = stage =>
    stage.account.backup.some(({ context: { cluster, sourceOf: made } }) =>
      [cluster, ...made].includes(clusterOf(stage, unit)),
    )
      ? stage
      : backUp(unit, `bek of ${unit}`)(stage)
  return all(
    isFrom(unit, of('C'), of('E')),
    secure,
    ...[1, 2, 3, 4, 5].map(() => send('attacker', login('wrong'), 'LOGIN_FAILURE')),
    send('attacker', login('right'), 'USER_LOCKED'),
    replaceHsm(unit),
    send('attacker', login('right')),
    reach(`know(${password})`),
    stage => ({ ...stage, known: [...stage.known, passwordOf(of('C'), as, of('E'))] }),
  )
}

/** The customer logs in to what it takes for its cluster, with the password that it has given the crypto user last. */
export const deceive = (cluster: string, unit: string): Act =>
  all(
    only(stage => {
      const contents = contentsOf(stage, unit)
      const { certificate, userNow } = tokensOf(cluster)
      return contents?.certificates === certificate && contents.users === userNow
    }),
    send('customer', stage => ({ rule: 'LogIn', cluster: clusterOf(stage, unit), as: 'CU', password: 'right' })),
    reach(`connected(${cluster}, ${unit})`),
  )

/** A unit is made, and commissioned by two officers or not. */
export const manufacture = (unit: string, genuine: boolean, isCommissioned: boolean): Act =>
  all(
    send('attacker', () => ({ rule: 'Manufacture', genuine, line: 'hsm2m' })),
    ...(isCommissioned ? [send('attacker', () => ({ rule: 'Commission', officers: 'two' }) as const)] : []),
    stage => ({ ...stage, bench: unit, code: '' }),
  )

/** What the firmware does, the model does not say; by whose key it is signed, it does: the manufacturer's own, the attacker's if it has that. */
export const boot = (unit: string, code: string, key: string): Act =>
  all(
    onBench(unit),
    send('attacker', ({ signs }) => {
      const isSigned = code === 'official' || signs.includes(key)
      return { rule: 'Boot', firmware: !isSigned ? 'forged' : key === 'production' ? 'fips' : 'other' }
    }),
    stage => ({ ...stage, code }),
  )
