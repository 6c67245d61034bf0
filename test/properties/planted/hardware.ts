/** Planted faults of hardware. */
import { acceptInstead, overrideAction } from '../../../model/index.ts'
import { always, idle, redirect, type Planted, type PlantedIn } from './fault.ts'

export const units: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §hardware.manufacture': [
    'hardware',
    overrideAction('hardware', 'make', ({ event }) =>
      event.type === 'Manufacture' ? { genuine: event.genuine, line: event.line, commissioned: true } : {},
    ),
  ],
  'step §hardware.ceremony': ['hardware', always('hardware', 'areTwoOfficers')],
  'step §hardware.boot': ['hardware', overrideAction('hardware', 'establishMode', () => ({ mode: 'FIPS' as const }))],
  'step §hardware.zeroise': ['hardware', idle('hardware', 'zeroise')],
  'step §hardware.firmware': ['hardware', always('hardware', 'isSigned')],
  'step §hardware.operational': ['hardware', acceptInstead('hardware', '§hardware.operational')],
  'step §hardware.update': [
    'firmware',
    redirect('hardware', '§hardware.update', 'is switched off when its firmware is replaced', {
      target: 'POWERED_OFF',
    }),
  ],
  'step §hardware.rollback': ['firmware', always('hardware', 'isRecent')],
  'step §hardware.selftest': [
    'firmware',
    redirect('hardware', '§hardware.selftest', 'goes on when a self-test fails', { target: 'OPERATIONAL' }),
  ],
  'step §hardware.tamper': [
    'firmware',
    overrideAction('hardware', 'destroy', ({ context }) => ({ ...context, mode: null })),
  ],
  'step §hardware.tampered': ['firmware', acceptInstead('hardware', '§hardware.tampered', 'RestoreOnto')],
}
