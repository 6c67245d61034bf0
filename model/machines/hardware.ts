/** The bench: one unit of hardware that the adversary has to itself: made, commissioned, booted, updated, given backups, opened. */
import { and, assertEvent, assign, not, setup } from 'xstate'
import { EMPTY, type Contents } from './contents.ts'
import { checks, type Attempt, type Sealed } from './restore.ts'
import { refusal, type HsmType, type Line, type Meta, type Mode } from './words.ts'

export type HardwareState = 'vacant' | 'POWERED_OFF' | 'OPERATIONAL' | 'HALTED' | 'ERROR' | 'TAMPERED'

/** Signed with the FIPS production key, with another key of the manufacturer, with neither; `outdated`: the first, an older version. */
export type Firmware = 'fips' | 'other' | 'forged' | 'outdated'

export interface HardwareContext {
  /** Made by the manufacturer, so it holds MKBK until it is tampered with. */
  readonly genuine: boolean
  readonly line: Line | null
  /** It holds AKBK. */
  readonly commissioned: boolean
  /** The mode that its boot ROM established last. */
  readonly mode: Mode | null
  /** What the next start verifies; null without firmware. */
  readonly installed: Firmware | null
  /** Version of the newest firmware that it has started; 0 before the first. */
  readonly started: 0 | 1 | 2
  readonly contents: Contents
  /** Names of the keys that the service has learned from hardware that gives them away; it never forgets. */
  readonly held: readonly string[]
}

export type HardwareEvent =
  | { readonly type: 'Manufacture'; readonly genuine: boolean; readonly line: Line }
  | { readonly type: 'Commission'; readonly officers: 'two' | 'one' | 'same' }
  | { readonly type: 'UpdateFirmware'; readonly firmware: Firmware }
  | { readonly type: 'Boot'; readonly firmware: Exclude<Firmware, 'outdated'> }
  | { readonly type: 'Restart' }
  | { readonly type: 'FailSelfTest' }
  | { readonly type: 'Tamper' }
  | { readonly type: 'RestoreOnto'; readonly sealed: Sealed | null }

const none: HardwareContext = {
  genuine: false,
  line: null,
  commissioned: false,
  mode: null,
  installed: null,
  started: 0,
  contents: EMPTY,
  held: [],
}

/** The firmware that a start verifies: what the unit is started with, else what is installed. */
const imageOf = (context: HardwareContext, event: HardwareEvent): Firmware | null => {
  assertEvent(event, ['Boot', 'Restart', 'FailSelfTest'])
  return event.type === 'Boot' ? event.firmware : context.installed
}
const modeOf = (image: Firmware | null): Mode => (image === 'other' ? 'NON_FIPS' : 'FIPS')
const versionOf = (image: Firmware | null): 1 | 2 => (image === 'outdated' ? 1 : 2)

const attempt = (context: HardwareContext, event: HardwareEvent): Attempt => {
  assertEvent(event, 'RestoreOnto')
  if (event.sealed === null || context.line === null || context.mode === null)
    throw new Error('expected a backup and a booted unit, got less')
  const hsmType: HsmType = `${context.line}.medium`
  return { sealed: event.sealed, own: { mode: context.mode, hsmType } }
}

const manufacture = {
  target: 'POWERED_OFF',
  actions: 'make',
  description: 'a new unit, without AKBK, firmware and contents',
  meta: { clause: '§hardware.manufacture' },
} as const

const halt = {
  guard: not('isSigned'),
  target: 'HALTED',
  actions: 'install',
  description: 'without firmware that the manufacturer signed the unit halts',
  meta: { fail: 'FIRMWARE', clause: '§hardware.firmware' },
} as const

const start = {
  guard: 'isSigned',
  target: 'OPERATIONAL',
  actions: ['install', 'establishMode', 'countVersion'],
  description: 'boots in the mode of the key that verified its firmware',
  meta: { clause: '§hardware.boot' },
} as const

const inSameMode = {
  target: 'OPERATIONAL',
  actions: ['install', 'countVersion'],
  description: 'boots in the mode that it was in, and keeps its contents',
  meta: { clause: '§hardware.boot', also: ['§hardware.zeroise'] },
} as const

const inOtherMode = {
  target: 'OPERATIONAL',
  actions: ['install', 'establishMode', 'countVersion', 'zeroise'],
  description: 'boots in a mode that it was not in, without contents',
  meta: { clause: '§hardware.zeroise', also: ['§hardware.boot'] },
} as const

const reboot = [
  halt,
  { guard: and(['isSigned', 'isSameMode']), ...inSameMode },
  { guard: and(['isSigned', not('isSameMode')]), ...inOtherMode },
] as const

const restart = [
  halt,
  {
    guard: and(['isSigned', not('isRecent')]),
    target: 'HALTED',
    description: 'firmware older than what the unit has started before halts it',
    meta: { fail: 'ROLLBACK', clause: '§hardware.rollback' },
  },
  { guard: and(['isSigned', 'isRecent', 'isSameMode']), ...inSameMode },
  { guard: and(['isSigned', 'isRecent', not('isSameMode')]), ...inOtherMode },
] as const

const update = {
  actions: 'install',
  description: 'gets other firmware, and goes on as it was until it is started again',
  meta: { clause: '§hardware.update' },
} as const

const failSelfTest = {
  guard: and(['isSigned', 'isRecent']),
  target: 'ERROR',
  description: 'is started, fails a self-test, and uses no key',
  meta: { fail: 'SELF_TEST', clause: '§hardware.selftest' },
} as const

const tamper = {
  target: 'TAMPERED',
  actions: 'destroy',
  description: 'zeroises contents and keys when it is opened',
  meta: { clause: '§hardware.tamper' },
} as const

const dead = refusal('NOT_OPERATIONAL', '§hardware.operational', 'refused: the unit is not booted')
const zeroised = refusal('TAMPERED', '§hardware.tampered', 'refused: the unit was tampered with')

/** What can happen to any unit that was not tampered with. */
const always = {
  Manufacture: manufacture,
  UpdateFirmware: update,
  Tamper: tamper,
} as const

/** What the restore checks, in order. */
const passed = [
  'isWellFormed',
  'isLabelledOwnMode',
  'isLabelledKnownType',
  'isGenuine',
  'isCommissioned',
  'hasIntactWrap',
  'isKeyOfOwnMode',
  'isKeyOfOwnLine',
  'hasIntactHeader',
  'hasIntactBody',
  'hasOwnBek',
] as const

export const hardwareMachine = setup({
  types: { context: {} as HardwareContext, events: {} as HardwareEvent, meta: {} as Meta },
  guards: {
    areTwoOfficers: ({ event }) => {
      assertEvent(event, 'Commission')
      return event.officers === 'two'
    },
    isGenuine: ({ context }) => context.genuine,
    isCommissioned: ({ context }) => context.commissioned,
    isSigned: ({ context, event }) => ![null, 'forged'].includes(imageOf(context, event)),
    isRecent: ({ context, event }) => versionOf(imageOf(context, event)) >= context.started,
    isSameMode: ({ context, event }) => context.mode === modeOf(imageOf(context, event)),
    isWellFormed: ({ context, event }) => checks.isWellFormed(attempt(context, event)),
    isLabelledOwnMode: ({ context, event }) => checks.isLabelledOwnMode(attempt(context, event)),
    isLabelledKnownType: ({ context, event }) => checks.isLabelledKnownType(attempt(context, event)),
    hasIntactWrap: ({ context, event }) => checks.hasIntactWrap(attempt(context, event)),
    isKeyOfOwnMode: ({ context, event }) => checks.isKeyOfOwnMode(attempt(context, event)),
    isKeyOfOwnLine: ({ context, event }) => checks.isKeyOfOwnLine(attempt(context, event)),
    hasIntactHeader: ({ context, event }) => checks.hasIntactHeader(attempt(context, event)),
    hasIntactBody: ({ context, event }) => checks.hasIntactBody(attempt(context, event)),
    hasOwnBek: ({ context, event }) => checks.hasOwnBek(attempt(context, event)),
  },
  actions: {
    make: assign(({ context, event }) => {
      assertEvent(event, 'Manufacture')
      return { ...none, genuine: event.genuine, line: event.line, held: context.held }
    }),
    loadAkbk: assign({ commissioned: true }),
    giveAkbkAway: assign({ held: ['AKBK'] }),
    install: assign({
      installed: ({ context, event }) => (event.type === 'UpdateFirmware' ? event.firmware : imageOf(context, event)),
    }),
    establishMode: assign({ mode: ({ context, event }) => modeOf(imageOf(context, event)) }),
    countVersion: assign({ started: ({ context, event }) => versionOf(imageOf(context, event)) }),
    destroy: assign(({ context }) => ({ ...none, line: context.line, held: context.held })),
    zeroise: assign({ contents: EMPTY }),
    restore: assign({
      contents: ({ event }) => {
        assertEvent(event, 'RestoreOnto')
        return event.sealed?.contents ?? EMPTY
      },
    }),
  },
}).createMachine({
  id: 'hardware',
  context: none,
  initial: 'vacant',
  states: {
    vacant: { on: { Manufacture: manufacture } },
    POWERED_OFF: {
      on: {
        ...always,
        Commission: [
          {
            guard: and(['areTwoOfficers', 'isGenuine']),
            actions: 'loadAkbk',
            description: 'two officers load AKBK into genuine hardware',
            meta: { clause: '§hardware.ceremony' },
          },
          {
            guard: and(['areTwoOfficers', not('isGenuine')]),
            actions: ['loadAkbk', 'giveAkbkAway'],
            description: 'two officers load AKBK into counterfeit hardware, which gives it away',
            meta: { clause: '§hardware.ceremony', also: ['§invariant.hardware'] },
          },
          refusal('TWO_PERSON', '§hardware.ceremony', 'refused: the ceremony takes two persons'),
        ],
        Boot: [halt, start],
        Restart: [halt, start],
        FailSelfTest: { ...failSelfTest, guard: 'isSigned' },
        RestoreOnto: dead,
      },
    },
    OPERATIONAL: {
      on: {
        ...always,
        Boot: reboot,
        Restart: restart,
        FailSelfTest: failSelfTest,
        RestoreOnto: [
          {
            guard: and(passed),
            actions: 'restore',
            description: 'all contents are replaced by those of the backup, however old it is',
            meta: { clause: '§restore.exact', also: ['§adversary.rollback'] },
          },
          {
            guard: not('isWellFormed'),
            ...refusal('FORMAT', '§restore.format', 'refused: the backup was cut short'),
          },
          {
            guard: not('isLabelledOwnMode'),
            ...refusal('MODE', '§restore.mode', 'refused: it is labelled with the other mode'),
          },
          {
            guard: not('isLabelledKnownType'),
            ...refusal('TYPE', '§restore.type', 'refused: it is labelled with a newer line'),
          },
          { guard: not('isGenuine'), ...refusal('UNWRAP', '§key.mkbk', 'refused: the unit has no MKBK') },
          { guard: not('isCommissioned'), ...refusal('UNWRAP', '§key.akbk', 'refused: the unit has no AKBK') },
          {
            guard: not('hasIntactWrap'),
            ...refusal('UNWRAP', '§restore.unwrap', 'refused: the wrapped BEK was altered'),
          },
          {
            guard: not('isKeyOfOwnMode'),
            ...refusal('UNWRAP', '§key.mode', 'refused: it was made in the other mode'),
          },
          {
            guard: not('isKeyOfOwnLine'),
            ...refusal('UNWRAP', '§key.line', 'refused: it was made by the other line'),
          },
          {
            guard: not('hasIntactHeader'),
            ...refusal('SEAL', '§restore.header', 'refused: its header was altered'),
          },
          {
            guard: not('hasIntactBody'),
            ...refusal('SEAL', '§restore.seal', 'refused: its encrypted contents were altered'),
          },
          refusal('SEAL', '§restore.splice', "refused: the wrapped BEK is another backup's"),
        ],
      },
    },
    HALTED: { on: { ...always, Boot: reboot, Restart: restart, FailSelfTest: failSelfTest, RestoreOnto: dead } },
    ERROR: { on: { ...always, Boot: reboot, Restart: restart, FailSelfTest: failSelfTest, RestoreOnto: dead } },
    TAMPERED: {
      on: {
        Manufacture: manufacture,
        Commission: zeroised,
        UpdateFirmware: zeroised,
        Boot: zeroised,
        Restart: zeroised,
        RestoreOnto: zeroised,
      },
    },
  },
})
