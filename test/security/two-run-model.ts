/** Models in which what the service sees depends on a secret: in lengths, order, counts, codes, time; found by exploring pairs. */
import {
  cloudHsm,
  editRule,
  overrideAction,
  overrideEmission,
  overrideGuard,
  scopeNamed,
  type AccountRule,
  type Edit,
} from '../../model/index.ts'
import { explorePairs, type Distinction } from '../../properties/index.ts'
import type { SecurityFault } from './fault.ts'

/** A leak that is planted in the model, and by what it is found. */
export interface PlantedLeak extends SecurityFault {
  readonly kind: Distinction['kind']
}

/** What the service tells two runs of an edited model apart by within a scope, in how many steps; null where it cannot. */
export const foundWithin = (name: string, edits: readonly Edit[]): string | null => {
  const scope = scopeNamed(name)
  if (scope === undefined) throw new Error(`expected a scope, got ${name}`)
  const { distinction } = explorePairs(cloudHsm({ edits }), scope)
  if (distinction === null) return null
  const { kind, what, runs } = distinction
  const [last] = runs[0].slice(-1)
  return `${kind}: ${what}, at ${last?.rule}, ${runs[0].length} steps from a start`
}

interface Planted {
  readonly clause: string
  readonly kind: PlantedLeak['kind']
  readonly what: string
  /** The scope in which it shows. */
  readonly scope: string
  readonly edit: Edit
}

const planted = ({ clause, kind, what, scope, edit }: Planted): PlantedLeak => ({
  clause,
  kind,
  what,
  check: 'two-run',
  found: () => Promise.resolve(foundWithin(scope, [edit])),
})

/** The first run gives 1 for every secret. */
const isOther = (secret: number): boolean => secret > 1

type Participants = ReturnType<AccountRule['participants']>

/** Other participants where an HSM of the account holds some key. */
const swayed = (name: 'SetPolicy' | 'UseKey', change: (participants: Participants) => readonly unknown[]): Edit =>
  editRule(name, 'depends on a key', rule => ({
    ...rule,
    participants: (input, read) => {
      const participants = rule.participants(input, read)
      const isSwayed = read.view.some(({ held }) => held.some(({ key }) => isOther(key)))
      return isSwayed ? (change(participants) as Participants) : participants
    },
  }))

export const modelLeaks: readonly PlantedLeak[] = [
  planted({
    clause: '§channel.length',
    kind: 'messages',
    what: 'a record is as long as the password in it says',
    scope: 'smoke.leaving',
    edit: overrideEmission('hsm', 'exchangeRecord', ({ event }) => ({
      type: 'record',
      under: ['CHANNEL'],
      wrapped: [],
      size: 'value' in event ? event.value : 0,
    })),
  }),
  planted({
    clause: '§leak.size',
    kind: 'messages',
    what: 'what goes to a peer is as long as a password of the crypto user says',
    scope: 'smoke.synchronisation',
    edit: overrideEmission('hsm', 'sendContents', ({ context }) => ({
      type: 'synchronisation',
      under: ['CHANNEL'],
      wrapped: [],
      size: context.contents.users,
    })),
  }),
  planted({
    clause: '§leak.time',
    kind: 'messages',
    what: 'the HSMs of a cluster are asked in an order that the key decides',
    scope: 'smoke.synchronisation',
    edit: swayed('SetPolicy', ([connecting, ...others]) => [connecting, ...others.toReversed()]),
  }),
  planted({
    clause: '§leak.count',
    kind: 'messages',
    what: 'with some keys every HSM computes, and with others one',
    scope: 'smoke.synchronisation',
    edit: swayed('UseKey', all => all.map(one => ({ ...one, event: { ...one.event, serves: true } }))),
  }),
  planted({
    clause: '§leak.audit',
    kind: 'outcome',
    what: 'a signature is refused whatever it is where the officer has some passwords',
    scope: 'smoke.quorum',
    edit: overrideGuard(
      'hsm',
      'isSigned',
      ({ context, event }) =>
        event.type === 'ApproveToken' && event.signature === 'right' && !isOther(context.contents.second),
    ),
  }),
  planted({
    clause: '§leak.time',
    kind: 'outcome',
    what: 'an HSM that goes waits longer where it has some certificate keys',
    scope: 'smoke.newest',
    edit: overrideGuard('hsm', 'isSaved', ({ context }) => context.saved && !isOther(context.contents.certificates)),
  }),
  planted({
    clause: '§leak.login',
    kind: 'state',
    what: 'a login that fails is counted twice with some passwords',
    scope: 'smoke.limited',
    edit: overrideAction('hsm', 'countFailure', ({ context, event }) => {
      const { failures, contents } = context
      if (event.type !== 'LogIn' || event.as !== 'CU') return { failures }
      return { failures: { ...failures, CU: failures.CU + (isOther(contents.users) ? 2 : 1) } }
    }),
  }),
  planted({
    clause: '§leak.digests',
    kind: 'state',
    what: 'a key that is deleted on one HSM stays on the other where it has some values',
    scope: 'smoke.synchronisation',
    edit: overrideAction('hsm', 'takeDeletion', ({ context: { contents } }) =>
      isOther(contents.keys) ? { tombstone: true } : { contents: { ...contents, keys: 0 }, tombstone: true },
    ),
  }),
]
