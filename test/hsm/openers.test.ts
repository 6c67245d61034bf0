/** What opens what: four kinds of hardware, three of firmware, two lines, against backups of two modes and two lines. */
import { describe, expect, it } from 'vitest'
import type { Behaviour, Hsm, Line, Mode } from '../../impl/hsm/index.ts'
import { codeOf, entropy, factory, filled, valueOf } from './fleet.ts'

const MODES: readonly Mode[] = ['FIPS', 'NON_FIPS']
const LINES: readonly Line[] = ['hsm1', 'hsm2m']
const FIRMWARE = ['fips', 'other', 'forged'] as const
const HARDWARE = [
  { genuine: true, commissioned: true },
  { genuine: true, commissioned: false },
  { genuine: false, commissioned: true },
  { genuine: false, commissioned: false },
]

/** FIPS/hsm1, FIPS/hsm2m, NON_FIPS/hsm1, NON_FIPS/hsm2m: the columns of the tables, in this order. */
const backups = MODES.flatMap((mode, m) =>
  LINES.map((line, l) => ({ mode, line, bytes: valueOf(filled(10 + 2 * m + l, line, mode).backup()) })),
)

/** Hardware of the line hsm1 runs in FIPS mode only, in the service. */
const exists = (line: Line, mode: Mode | 'none'): boolean => line === 'hsm2m' || mode !== 'NON_FIPS'

const made = (genuine: boolean, commissioned: boolean, line: Line): Hsm => {
  const hsm = factory.manufacture({ genuine, line, entropy: entropy(20) })
  if (commissioned) valueOf(hsm.commission(factory.officers))
  return hsm
}

const table = (behaviour?: Behaviour): readonly string[] =>
  HARDWARE.flatMap(({ genuine, commissioned }) =>
    FIRMWARE.flatMap(firmware =>
      LINES.map(line => {
        const hsm = made(genuine, commissioned, line)
        hsm.boot(factory.image(firmware, behaviour))
        const name = `${genuine ? 'genuine' : 'counterfeit'} ${commissioned ? 'commissioned' : 'plain'} ${firmware} ${line}`
        const cells = backups.map(backup => {
          const cell = codeOf(hsm.clone().restore(backup.bytes))
          const real = exists(backup.line, backup.mode) && exists(line, hsm.mode() ?? 'none')
          return real ? cell : `(${cell})`
        })
        return `${name}: ${cells.join(' ')}`
      }),
    ),
  )

const HALTED = 'NOT_OPERATIONAL NOT_OPERATIONAL (NOT_OPERATIONAL) NOT_OPERATIONAL'

/** With a claim of FIPS and no label checked, the code says nothing more, and the key alone decides. */
const ALTERED: Behaviour = { id: 'altered', claims: 'FIPS', checkMode: () => true, checkType: () => true }

describe('the openers; what cannot exist in the service is in brackets', () => {
  it('§invariant.hardware §key.mkbk §key.akbk §restore.mode §restore.type pins what opens under the plain firmware', () => {
    expect(table()).toEqual([
      'genuine commissioned fips hsm1: opens TYPE (MODE) MODE',
      'genuine commissioned fips hsm2m: opens opens (MODE) MODE',
      'genuine commissioned other hsm1: (MODE) (MODE) (opens) (TYPE)',
      'genuine commissioned other hsm2m: MODE MODE (opens) opens',
      `genuine commissioned forged hsm1: ${HALTED}`,
      `genuine commissioned forged hsm2m: ${HALTED}`,
      ...['genuine plain', 'counterfeit commissioned', 'counterfeit plain'].flatMap(kind => [
        `${kind} fips hsm1: UNWRAP TYPE (MODE) MODE`,
        `${kind} fips hsm2m: UNWRAP UNWRAP (MODE) MODE`,
        `${kind} other hsm1: (MODE) (MODE) (UNWRAP) (TYPE)`,
        `${kind} other hsm2m: MODE MODE (UNWRAP) UNWRAP`,
        `${kind} forged hsm1: ${HALTED}`,
        `${kind} forged hsm2m: ${HALTED}`,
      ]),
    ])
  })

  it('§invariant.mode §key.mode §key.line pins that firmware without label checks opens not one backup more', () => {
    expect(table(ALTERED)).toEqual([
      'genuine commissioned fips hsm1: opens UNWRAP (UNWRAP) UNWRAP',
      'genuine commissioned fips hsm2m: opens opens (UNWRAP) UNWRAP',
      'genuine commissioned other hsm1: (UNWRAP) (UNWRAP) (opens) (UNWRAP)',
      'genuine commissioned other hsm2m: UNWRAP UNWRAP (opens) opens',
      `genuine commissioned forged hsm1: ${HALTED}`,
      `genuine commissioned forged hsm2m: ${HALTED}`,
      ...['genuine plain', 'counterfeit commissioned', 'counterfeit plain'].flatMap(kind => [
        `${kind} fips hsm1: UNWRAP UNWRAP (UNWRAP) UNWRAP`,
        `${kind} fips hsm2m: UNWRAP UNWRAP (UNWRAP) UNWRAP`,
        `${kind} other hsm1: (UNWRAP) (UNWRAP) (UNWRAP) (UNWRAP)`,
        `${kind} other hsm2m: UNWRAP UNWRAP (UNWRAP) UNWRAP`,
        `${kind} forged hsm1: ${HALTED}`,
        `${kind} forged hsm2m: ${HALTED}`,
      ]),
    ])
  })
})

describe('firmware that claims FIPS and checks no label', () => {
  const backup = valueOf(filled(30, 'hsm2m', 'FIPS').backup())
  const running = (key: 'fips' | 'other'): Hsm => {
    const hsm = made(true, true, 'hsm2m')
    hsm.boot(factory.image(key, ALTERED))
    return hsm
  }

  it('§key.mode §restore.unwrap fails at the key wrap on a FIPS backup when another key signed it', () => {
    const hsm = running('other')
    expect(hsm.mode()).toBe('NON_FIPS')
    expect(codeOf(hsm.restore(backup))).toBe('UNWRAP')
    expect(hsm.digest()).toBe('')
  })

  it('§hardware.boot opens the FIPS backup when the FIPS production key signed it', () => {
    const hsm = running('fips')
    expect(hsm.mode()).toBe('FIPS')
    expect(codeOf(hsm.restore(backup))).toBe('opens')
  })

  it('§hardware.firmware halts when it stands in for the behaviour that was signed', () => {
    const hsm = made(true, true, 'hsm2m')
    expect(codeOf(hsm.boot({ ...factory.image('fips'), behaviour: ALTERED }))).toBe('FIRMWARE')
    expect(hsm.power()).toBe('HALTED')
  })
})
