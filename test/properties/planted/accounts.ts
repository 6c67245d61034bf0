/** Planted faults of accounts: who is let in, who is locked out, whose password is changed, who is deleted. */
import { EMPTY, acceptInstead, overrideAction } from '../../../model/index.ts'
import { idle, never, redirect, type Planted, type PlantedIn } from './fault.ts'

const ONCE = { CO: 1, CO2: 1, CO3: 1, CU: 1 }
const NEVER = { CO: 0, CO2: 0, CO3: 0, CU: 0 }

/** An HSM that joins has counted a failure of everybody. */
const joinsWithFailures = overrideAction('hsm', 'synchronise', ({ event }) =>
  event.type === 'HsmRestored' ? { contents: event.peer ?? EMPTY, copied: false, failures: ONCE } : {},
)

/** A user is given another password than was asked for. */
const givesAnother = overrideAction('hsm', 'setPassword', ({ context: { contents }, event }) =>
  'value' in event ? { contents: { ...contents, users: event.value + 1 } } : {},
)

export const accounts: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §user.lockout': ['users', acceptInstead('hsm', '§user.lockout')],
  'step §user.login.failure': ['users', idle('hsm', 'countFailure')],
  'step §user.login': ['users', never('hsm', 'isRightPassword')],
  'step §user.login.anew': ['users', idle('hsm', 'countAnew')],
  'step §user.lockout.own': ['users', joinsWithFailures],
  'step §user.lockout.stays': ['users', overrideAction('hsm', 'countAnew', () => ({ failures: NEVER }))],
  'step §user.list': ['users', redirect('hsm', '§user.list', 'fails after it was asked', { target: 'DEGRADED' })],
  'step §user.password.permission': ['users', acceptInstead('hsm', '§user.password.permission')],
  'step §user.delete.self': ['users', acceptInstead('hsm', '§user.delete.self')],
  'step §user.target': ['users', acceptInstead('hsm', '§user.target')],
  'step §user.delete.keys': ['users', acceptInstead('hsm', '§user.delete.keys')],
  'step §user.password': ['users', givesAnother],
  'step §user.unlock': ['users', idle('hsm', 'unlock')],
  'step §user.delete': ['users', idle('hsm', 'removeUser')],
  'step §key.delete': ['users', idle('hsm', 'removeKeys')],
}
