/**
 * The variant with wider local states. It differs from the benchmark network in this: besides its version, which all active HSMs share,
 * an HSM has a policy of its own, which is set alone or raised on all active HSMs to the highest; a new HSM gets the highest.
 */
import { network, type Rule } from '../../../../model/network/index.ts'
import { clusterMachine } from '../../network/machines.ts'
import { bothModes, factsOf, kind, rule, upTo, type Built } from '../variant.ts'
import { backupMachine, hsmMachine, type BackupEvent, type HsmEvent } from './machines.ts'
import { view, type Policies, type PoliciesInput, type PoliciesSize, type PoliciesView } from './view.ts'

type PoliciesRule = Rule<Policies, PoliciesView, PoliciesInput>

const onHsm = (name: string, eventOf: (view: PoliciesView, policy: number) => HsmEvent): PoliciesRule =>
  rule(name, ({ hsm = 0, policy = 0 }, read) => [{ kind: 'hsm', slot: hsm, event: eventOf(factsOf(read), policy) }])
const onBackup = (name: string, event: BackupEvent): PoliciesRule =>
  rule(name, ({ backup = 0 }) => [{ kind: 'backup', slot: backup, event }])
const onAll = (name: string, eventOf: (view: PoliciesView) => HsmEvent): PoliciesRule =>
  rule(name, (_, read) =>
    read.all('hsm').map(slot => ({ kind: 'hsm', slot, optional: true, event: eventOf(factsOf(read)) })),
  )
const taking = (name: string, event: HsmEvent): PoliciesRule =>
  rule(name, ({ hsm = 0, backup = 0 }, read) => {
    const contents = { ...read.local('hsm', hsm).context, mode: factsOf(read).mode }
    return [
      { kind: 'hsm', slot: hsm, event },
      { kind: 'backup', slot: backup, event: { type: 'Take', ...contents } },
    ]
  })

const rulesOf = ({ versions }: PoliciesSize): readonly PoliciesRule[] => [
  onHsm('createHsm', () => ({ type: 'Create' })),
  onHsm('activate', ({ given, mode }) => ({ type: 'Activate', ...(given ?? { version: 0, policy: 0, mode }) })),
  onHsm('fail', () => ({ type: 'Fail' })),
  onHsm('deleteFailed', () => ({ type: 'DeleteFailed' })),
  onHsm('setPolicy', (_, policy) => ({ type: 'SetPolicy', policy })),
  taking('deleteHsm', { type: 'Delete' }),
  taking('startBackup', { type: 'BackUp' }),
  rule('restore', ({ hsm = 0, backup = 0 }, read) => {
    const { isActive, mode } = factsOf(read)
    const { context } = read.local('backup', backup)
    return [
      { kind: 'hsm', slot: hsm, event: { type: 'Restore', alone: !isActive, ...context } },
      { kind: 'backup', slot: backup, event: { type: 'Read', mode } },
    ]
  }),
  onBackup('finish', { type: 'Finish' }),
  onBackup('deleteBackup', { type: 'DeleteBackup' }),
  onBackup('purge', { type: 'Purge' }),
  rule('recreate', (_, read) => [
    { kind: 'cluster', slot: 0, event: { type: 'Recreate', allAbsent: factsOf(read).allAbsent } },
  ]),
  onAll('writeKey', () => ({ type: 'Write', most: versions })),
  onAll('raisePolicies', ({ given }) => ({ type: 'RaisePolicy', policy: given?.policy ?? 0 })),
]

const ON_HSM = ['createHsm', 'activate', 'fail', 'deleteFailed']
const ON_BACKUP = ['finish', 'deleteBackup', 'purge']
const ON_BOTH = ['deleteHsm', 'startBackup', 'restore']

const inputsOf = (size: PoliciesSize): readonly PoliciesInput[] => {
  const [hsms, backups, policies] = [upTo(size.hsms), upTo(size.backups), upTo(size.policies + 1)]
  return [
    ...ON_HSM.flatMap(name => hsms.map(hsm => ({ rule: name, hsm }))),
    ...ON_BACKUP.flatMap(name => backups.map(backup => ({ rule: name, backup }))),
    ...ON_BOTH.flatMap(name => hsms.flatMap(hsm => backups.map(backup => ({ rule: name, hsm, backup })))),
    ...hsms.flatMap(hsm => policies.map(policy => ({ rule: 'setPolicy', hsm, policy }))),
    { rule: 'recreate' },
    { rule: 'writeKey' },
    { rule: 'raisePolicies' },
  ]
}

/** The network of this size, with its two initial states and every input of every rule. */
export const buildPolicies = (size: PoliciesSize): Built<Policies, PoliciesView, PoliciesInput> => {
  const net = network<Policies, PoliciesView, PoliciesInput, string>({
    kinds: {
      cluster: kind(clusterMachine, []),
      hsm: kind(hsmMachine, ['absent']),
      backup: kind(backupMachine, ['empty']),
    },
    rules: rulesOf(size),
    view,
  })
  const slots = { cluster: 1, hsm: size.hsms, backup: size.backups }
  return { net, inputs: inputsOf(size), starts: bothModes(net, slots) }
}
