/** The bench: one unit of hardware that the adversary has to itself, made, commissioned, booted, and given backups. */
import { and, assertEvent, assign, not, setup } from 'xstate'
import { EMPTY, type Contents } from './contents.ts'
import { checks, type Attempt, type Sealed } from './restore.ts'
import { refusal, type HsmType, type Line, type Meta, type Mode } from './words.ts'

export type HardwareState = 'vacant' | 'POWERED_OFF' | 'OPERATIONAL' | 'HALTED'

export interface HardwareContext {
  /** Made by the manufacturer, so it holds MKBK. */
  readonly genuine: boolean
  readonly line: Line | null
  /** It holds AKBK. */
  readonly commissioned: boolean
  /** The mode that its boot ROM established last. */
  readonly mode: Mode | null
  readonly contents: Contents
  /** Names of the keys that the service has learned from hardware that gives them away; it never forgets. */
  readonly held: readonly string[]
}

export type HardwareEvent =
  | { readonly type: 'Manufacture'; readonly genuine: boolean; readonly line: Line }
  | { readonly type: 'Commission'; readonly officers: 'two' | 'one' | 'same' }
  | { readonly type: 'Boot'; readonly firmware: 'fips' | 'other' | 'forged' }
  | { readonly type: 'RestoreOnto'; readonly sealed: Sealed | null }

const none: HardwareContext = {
  genuine: false,
  line: null,
  commissioned: false,
  mode: null,
  contents: EMPTY,
  held: [],
}

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
  description: 'forged firmware halts the unit',
  meta: { fail: 'FIRMWARE', clause: '§hardware.firmware' },
} as const

const reboot = [
  halt,
  {
    guard: and(['isSigned', 'isSameMode']),
    target: 'OPERATIONAL',
    description: 'boots in the mode that it was in, and keeps its contents',
    meta: { clause: '§hardware.boot', also: ['§hardware.zeroise'] },
  },
  {
    guard: and(['isSigned', not('isSameMode')]),
    target: 'OPERATIONAL',
    actions: ['establishMode', 'zeroise'],
    description: 'boots in a mode that it was not in, without contents',
    meta: { clause: '§hardware.zeroise', also: ['§hardware.boot'] },
  },
] as const

const dead = refusal('NOT_OPERATIONAL', '§hardware.operational', 'refused: the unit is not booted')

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
    isSigned: ({ event }) => {
      assertEvent(event, 'Boot')
      return event.firmware !== 'forged'
    },
    isSameMode: ({ context, event }) => {
      assertEvent(event, 'Boot')
      return context.mode === (event.firmware === 'fips' ? 'FIPS' : 'NON_FIPS')
    },
    isWellFormed: ({ context, event }) => checks.isWellFormed(attempt(context, event)),
    isLabelledOwnMode: ({ context, event }) => checks.isLabelledOwnMode(attempt(context, event)),
    isLabelledKnownType: ({ context, event }) => checks.isLabelledKnownType(attempt(context, event)),
    hasIntactWrap: ({ context, event }) => checks.hasIntactWrap(attempt(context, event)),
    isKeyOfOwnMode: ({ context, event }) => checks.isKeyOfOwnMode(attempt(context, event)),
    isKeyOfOwnLine: ({ context, event }) => checks.isKeyOfOwnLine(attempt(context, event)),
    hasIntactHeader: ({ context, event }) => checks.hasIntactHeader(attempt(context, event)),
    hasIntactBody: ({ context, event }) => checks.hasIntactBody(attempt(context, event)),
  },
  actions: {
    make: assign(({ context, event }) => {
      assertEvent(event, 'Manufacture')
      return { ...none, genuine: event.genuine, line: event.line, held: context.held }
    }),
    loadAkbk: assign({ commissioned: true }),
    giveAkbkAway: assign({ held: ['AKBK'] }),
    establishMode: assign({
      mode: ({ event }) => {
        assertEvent(event, 'Boot')
        return event.firmware === 'fips' ? 'FIPS' : 'NON_FIPS'
      },
    }),
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
        Manufacture: manufacture,
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
        Boot: [
          halt,
          {
            guard: 'isSigned',
            target: 'OPERATIONAL',
            actions: 'establishMode',
            description: 'boots in the mode of the key that verified its firmware',
            meta: { clause: '§hardware.boot' },
          },
        ],
        RestoreOnto: dead,
      },
    },
    OPERATIONAL: {
      on: {
        Manufacture: manufacture,
        Boot: reboot,
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
          refusal('SEAL', '§restore.seal', 'refused: its encrypted contents were altered'),
        ],
      },
    },
    HALTED: { on: { Manufacture: manufacture, Boot: reboot, RestoreOnto: dead } },
  },
})
