/** Refusals that every operation of a user begins with. */
import { not } from 'xstate'
import { refusal } from './words.ts'

export const uncertified = {
  guard: not('isCertified'),
  ...refusal('CERTIFICATE', '§client.certificate', 'refused: the HSM cannot show a certificate of its cluster'),
} as const
export const missing = {
  guard: not('exists'),
  ...refusal('USER_MISSING', '§user.login.missing', 'refused: there is no such user'),
} as const
export const locked = {
  guard: 'isLocked',
  ...refusal('USER_LOCKED', '§user.lockout', 'refused: this HSM has locked the account'),
} as const
export const denied = (clause: string, who: string) => refusal('NOT_PERMITTED', clause, `refused: only a ${who} may`)
