/** The error state: hardware that found out that it computes wrongly uses no key any more, until it starts again and passes. */
import type { Contents, Key } from './contents.ts'
import { wipeHandles } from './rom.ts'
import type { Parts } from './seams.ts'
import { wipeSessions } from './sessions.ts'
import { publicKeyOf } from './signature.ts'
import { withoutShares } from './commissioning.ts'
import type { UnitState } from './unit.ts'

/** In ERROR: contents stay, wrapping keys, sessions and what they are tied to go. §hardware.selftest §hardware.pairwise */
export const inError = (unit: UnitState): UnitState => {
  wipeHandles(unit.handles)
  wipeSessions(unit) // §boundary.wiped
  return {
    ...withoutShares(unit),
    power: 'ERROR',
    handles: [],
    sessions: [],
    tokens: [],
    ephemeral: null,
    before: null,
  }
}

const isPair = ({ kind }: Key): boolean => kind === 'EC'

/** Whether every key pair that a command made passes the test of consistency. §hardware.pairwise */
export const areConsistent = (parts: Parts, before: Contents, after: Contents): boolean =>
  after.keys
    .filter(key => isPair(key) && !before.keys.includes(key))
    .every(({ value }) => parts.isConsistent({ privateKey: value, publicKey: publicKeyOf(value) }))
