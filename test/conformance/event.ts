/** Events: the inputs of a story, as data. Things have names instead of slots or ids, so that a story replays anywhere. */
import type { Input, RuleName } from '../../model/index.ts'

/** Kinds of things that an event can name. */
export type Nameable = 'cluster' | 'hsm' | 'backup'
export const NAMEABLE: readonly Nameable[] = ['cluster', 'hsm', 'backup']
type NameField = Nameable | 'source' | 'only' | 'freest'

/** A name in the place of a slot, null or left out where the slot is. */
type Name<Slot> = string | Exclude<Slot, number>

/** An input of the model with names for slots. `makes` is the name that a new thing gets, if the event makes one. */
type Named<I> = I extends Input
  ? { readonly [F in keyof I]: F extends NameField ? Name<I[F]> : I[F] } & {
      readonly makes?: string
    }
  : never
export type Event = Named<Input>
/** What happened, in order. */
export type Story = readonly Event[]

/** The fields of an event that hold names, with the kind of thing that they name. */
export const NAME_FIELDS = {
  cluster: 'cluster',
  hsm: 'hsm',
  backup: 'backup',
  source: 'backup',
  only: 'hsm',
  freest: 'hsm',
} as const

/** Which kind of thing a rule may make. HsmReplaced makes a new HSM in the place of the old one. */
export const MAKES: Readonly<Partial<Record<RuleName, Nameable>>> = {
  CreateCluster: 'cluster',
  CreateHsm: 'hsm',
  HsmReplaced: 'hsm',
  DeleteHsm: 'backup',
  PeerBackedUp: 'backup',
  CopyBackupToRegion: 'backup',
  ClusterBackedUp: 'backup',
  HsmBackedUp: 'backup',
  Crash: 'backup',
  Recover: 'backup',
}

/** The name of something that never was. */
export const nobody = (kind: Nameable): string => `${kind}-0`

/** An event in words, with the names that it uses and makes. */
export const sayEvent = ({ rule, makes, ...fields }: Event): string => {
  const words = Object.entries(fields).flatMap(([field, value]): readonly string[] => {
    if (value === null) return field === 'source' ? [] : ['of all']
    if (field === 'value') return rule === 'SetPolicy' ? [`to ${value}`] : []
    if (field === 'step') return [`at ${value}`]
    if (field === 'quorum') return [`to ${value}`]
    if (field === 'of') return [`of ${value}`]
    if (field === 'service') return [`for service ${value}`]
    if (field === 'signature') return [`with a ${value} signature`]
    if (field === 'source') return [`from ${value}`]
    if (field === 'only') return [`reaching ${value} only`]
    if (field === 'freest') return [`while ${value} has the most capacity left`]
    if (field === 'checked') return ['with the availability check']
    if (field === 'retention') return [`keeping backups for ${value} days`]
    if (field === 'neverExpires') return [value === true ? 'never to expire' : 'to expire']
    if (field === 'as') return [`as ${value}`]
    if (field === 'user') return [`named ${value}`]
    if (field === 'password') return [`with a ${value} password`]
    if (field === 'certificate') return [`with a ${value} certificate`]
    if (field === 'region') return [`${rule === 'CopyBackupToRegion' ? 'to' : 'in'} ${value}`]
    if (field === 'account') return [`by ${value}`]
    if (field === 'shared') return ['shared']
    if (field === 'subnets') return [`with subnets in ${(value as readonly string[]).join(' and ') || 'no zone'}`]
    if (field === 'hsmLimit') return [`of at most ${value} HSMs`]
    if (field === 'zone') return [`in zone ${value}`]
    if (field === 'genuine') return [value === true ? 'genuine' : 'counterfeit']
    if (field === 'officers')
      return [`with ${value === 'same' ? 'the same officer twice' : `${value} officer${value === 'two' ? 's' : ''}`}`]
    if (field === 'firmware') return [`with ${value} firmware`]
    return [String(value)]
  })
  return [rule, ...words, ...(makes === undefined ? [] : [`-> ${makes}`])].join(' ')
}
