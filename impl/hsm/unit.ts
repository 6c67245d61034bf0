/** All that a unit of hardware knows, as plain values that can be copied. */
import { copyIdentity, type HardwareIdentity } from './attestation.ts'
import type { AuditEntry, AuditLog } from './audit.ts'
import type { LoadedShare } from './ceremony.ts'
import type { Contents } from './contents.ts'
import { generate, type Draw, type DrbgState } from './drbg.ts'
import type { Line, Mode } from './encoding.ts'
import { type Behaviour, type FirmwareImage, PLAIN } from './firmware.ts'
import type { Failures } from './lockout.ts'
import type { Tokens } from './tokens.ts'
import type { Command } from './wire.ts'
import { copyRoots, type Handle, type RootKeys } from './rom.ts'

/** One end of a session: its key, and how many commands it has answered. */
export interface Session {
  readonly id: number
  readonly key: Uint8Array
  readonly answered: number
}

/** What the HSM shows of itself on channels while it runs; `signature` belongs to `certificate`. */
export interface Ephemeral {
  readonly secret: Uint8Array
  readonly shown: Uint8Array
  readonly certificate: Uint8Array | null
  readonly signature: Uint8Array
}

export interface UnitState {
  readonly line: Line
  readonly roots: RootKeys
  /** Null where its makers attest nothing. */
  readonly identity: HardwareIdentity | null
  readonly power: 'POWERED_OFF' | 'OPERATIONAL' | 'HALTED' | 'ERROR' | 'TAMPERED'
  /** Shares of AKBK of a ceremony that is going on. */
  readonly loaded: readonly LoadedShare[]
  /** The mode of the last boot that succeeded. */
  readonly mode: Mode | null
  /** What the next start verifies. */
  readonly installed: FirmwareImage | null
  /** Version of the newest firmware that it has started; counted up and never down. */
  readonly started: number
  readonly behaviour: Behaviour
  readonly handles: readonly Handle[]
  readonly contents: Contents | null
  /** Failed logins of the users in the contents. */
  readonly failures: Failures
  /** What the contents were before the last write of a client, while its session lasts. */
  readonly before: Contents | null
  /** Digests of the keys that it has deleted, for peers that do not know yet; part of no backup. */
  readonly tombstones: readonly string[]
  /** What it has issued for officers; part of no backup. */
  readonly tokens: Tokens
  /** It takes no writes of clients. */
  readonly limited: boolean
  /** Its own clock, in seconds since it was made. */
  readonly seconds: number
  readonly generator: DrbgState
  readonly ephemeral: Ephemeral | null
  readonly sessions: readonly Session[]
  /** Sessions agreed so far; the next one's number. */
  readonly agreed: number
  readonly log: AuditLog | null
  /** Entries of the log that were handed out. */
  readonly drained: number
}

export const newUnit = (line: Line, roots: RootKeys, generator: DrbgState): UnitState => ({
  line,
  roots,
  identity: null,
  power: 'POWERED_OFF',
  loaded: [],
  mode: null,
  installed: null,
  started: 0,
  behaviour: PLAIN,
  handles: [],
  contents: null,
  failures: [],
  before: null,
  tombstones: [],
  tokens: [],
  limited: false,
  seconds: 0,
  generator,
  ephemeral: null,
  sessions: [],
  agreed: 0,
  log: null,
  drained: 0,
})

/** An independent copy. What is wiped in place is copied, the rest is shared. */
export const copyUnit = (unit: UnitState): UnitState => ({
  ...unit,
  roots: copyRoots(unit.roots),
  loaded: unit.loaded.map(({ card, share }) => ({ card, share: share.slice() })),
  identity: copyIdentity(unit.identity),
  handles: unit.handles.map(handle => ({ ...handle, pbk: handle.pbk.slice() })),
  ephemeral: unit.ephemeral && { ...unit.ephemeral, secret: unit.ephemeral.secret.slice() },
  sessions: unit.sessions.map(session => ({ ...session, key: session.key.slice() })),
})

/** Random bytes from a unit's generator, and the unit afterwards. */
export const drawFrom = (unit: UnitState, length: number): { readonly bytes: Uint8Array; readonly unit: UnitState } => {
  const { bytes, state } = generate(unit.generator, length)
  return { bytes, unit: { ...unit, generator: state } }
}

/** A unit in its present state, for whatever works on it. */
export interface Cell {
  read(): UnitState
  write(unit: UnitState): void
  readonly draw: Draw
  /** Adds an entry to the log; of a command, if it is one's. */
  audit(entry: AuditEntry, command?: Command | null): void
  /** The mode in the firmware's words; null while none runs. */
  spokenMode(): Mode | null
}
