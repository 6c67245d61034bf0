/** The collaborators inside an HSM, each replaceable by itself, and the parts that are used when nothing is replaced. */
import { admitCard, admitCards, belongs, type OfficerCard } from './ceremony.ts'
import type { AuditEntry } from './audit.ts'
import { redo, withKeysOf } from './change.ts'
import { records, type RecordCipher } from './channel.ts'
import {
  initialContents,
  type Certificates,
  type Contents,
  type Key,
  type Role,
  type User,
  type Verifier,
} from './contents.ts'
import type { Draw, DrbgState } from './drbg.ts'
import { backupFormat, NONCE_LENGTH, type BackupFormat, type Line, type Mode } from './encoding.ts'
import { classifyFirmware, modeOf, type FirmwareClass, type FirmwareImage, type FirmwareKeys } from './firmware.ts'
import { derivePbk, type PbkInputs } from './kdf.ts'
import { computeCheck, decryptWith, encryptWith, findKey, generateKey, hasKey, removeKey } from './keys.ts'
import type { NoteSealing } from './ledger.ts'
import type { Failures } from './lockout.ts'
import type { Outcome, RestoreCode } from './outcome.ts'
import type { RootKeys } from './rom.ts'
import { bulk, type Bulk } from './seal.ts'
import { sessionKey } from './sessions.ts'
import { passesSelfTests, type Algorithm, type Stage } from './selftest.ts'
import { isConsistent, type KeyPair } from './signature.ts'
import { zeroise } from './tamper.ts'
import type { UnitState } from './unit.ts'
import { tokenParts, type TokenParts } from './token-parts.ts'
import { userParts, type UserParts } from './user-parts.ts'
import type { Command, Operation } from './wire.ts'
import { keyWrap, type KeyWrap } from './wrap.ts'

export type { AuditEntry, OfficerCard }
export type { Bulk, KeyWrap, RecordCipher, BackupFormat, PbkInputs, RootKeys, UnitState, Draw, DrbgState }
export type {
  Certificates,
  Contents,
  Failures,
  Key,
  Role,
  User,
  Verifier,
  Line,
  Mode,
  Command,
  Operation,
  Outcome,
  RestoreCode,
}
export type { FirmwareClass, FirmwareImage, FirmwareKeys }

/** All that the ROM has at hand when it derives the wrapping key for a line. */
export interface PbkSource extends PbkInputs {
  readonly fused: RootKeys['fused']
}

export interface Parts extends UserParts, TokenParts {
  // Hardware
  /** A unit as it leaves the manufacturer. §hardware.manufacture */
  readonly leaveFactory: (unit: UnitState) => UnitState
  /** Whether a card may be loaded after these. §hardware.ceremony */
  readonly admitCard: (loaded: readonly OfficerCard[], card: OfficerCard) => boolean
  /** Whether it is of the same ceremony. §ceremony.share */
  readonly belongs: (loaded: readonly OfficerCard[], card: OfficerCard) => boolean
  /** Whether the ceremony was held with these cards. §hardware.ceremony */
  readonly admitCards: (cards: readonly OfficerCard[]) => boolean
  /** The class of the key that verifies the image; null halts. §hardware.firmware */
  readonly classifyFirmware: (image: FirmwareImage, keys: FirmwareKeys) => FirmwareClass | null
  /** Whether firmware of this version may start where `started` is the newest that has. §hardware.rollback */
  readonly isRecent: (version: number, started: number) => boolean
  /** Whether the algorithms answer as published; `disturbed` is one whose circuits fail. §hardware.selftest */
  readonly passesSelfTests: (disturbed: Algorithm | null, stage: Stage) => boolean
  /** Whether what a pair that was generated signs also verifies. §hardware.pairwise */
  readonly isConsistent: (pair: KeyPair) => boolean
  /** The unit once it was given other firmware. §hardware.update */
  readonly afterUpdate: (unit: UnitState, image: FirmwareImage) => UnitState
  /** What is left of a unit that is opened. §hardware.tamper */
  readonly zeroise: (unit: UnitState) => UnitState
  /** §hardware.tampered */
  readonly isTampered: (unit: UnitState) => boolean
  /** §hardware.boot */
  readonly modeOf: (firmware: FirmwareClass) => Mode
  /** §hardware.operational */
  readonly isOperational: (unit: UnitState) => boolean
  /** The contents after a boot into `mode`, when `previous` was the mode before; null zeroises. §hardware.zeroise */
  readonly contentsAfterBoot: (contents: Contents | null, previous: Mode | null, mode: Mode) => Contents | null

  // Wrapping keys
  /** What the derivation depends on. §key.mkbk §key.akbk §key.mode §key.line */
  readonly pbkInputs: (source: PbkSource) => PbkInputs
  /** §key.pbk */
  readonly derivePbk: (inputs: PbkInputs) => Uint8Array
  /** §key.wrap §backup.wrapped §restore.unwrap */
  readonly keyWrap: KeyWrap

  // Backups
  /** 32 bytes, anew for each backup. §backup.bek §boundary.candidates */
  readonly drawBek: (draw: Draw) => Uint8Array
  /** 12 bytes, anew for each backup. §backup.bek */
  readonly drawNonce: (draw: Draw) => Uint8Array
  /** §backup.sealed §restore.seal */
  readonly bulk: Bulk
  /** What is authenticated along with the contents. §restore.header */
  readonly associatedData: (header: Uint8Array) => Uint8Array
  /** §format.backup §restore.format */
  readonly format: BackupFormat
  /** §restore.mode */
  readonly checkMode: (label: Mode, own: Mode | null) => boolean
  /** §restore.type */
  readonly checkType: (label: Line, own: Line) => boolean
  /** §contents.users */
  readonly snapshotUsers: (contents: Contents) => Contents['users']
  /** §contents.keys */
  readonly snapshotKeys: (contents: Contents) => Contents['keys']
  /** §contents.certificates */
  readonly snapshotCertificates: (contents: Contents) => Contents['certificates']
  /** §contents.policies */
  readonly snapshotPolicies: (contents: Contents) => Contents['policies']
  /** §contents.quorum */
  readonly snapshotQuorum: (contents: Contents) => Contents['quorum']
  /** §contents.configuration */
  readonly snapshotConfiguration: (contents: Contents) => Contents['configuration']
  /** The contents after a restore that opened, or was refused. §restore.atomic §restore.exact */
  readonly contentsAfterRestore: (current: Contents | null, opened: Outcome<Contents, RestoreCode>) => Contents | null
  /** The generator after a restore; `plaintext` is the snapshot's encoding, wiped afterwards. §backup.generator */
  readonly generatorAfterRestore: (own: DrbgState, plaintext: Uint8Array) => DrbgState

  // Contents
  /** §hsm.provision */
  readonly initialContents: (certificates: Certificates) => Contents
  /** §key.generate */
  readonly generateKey: (draw: Draw, label: string, owner: string, kind: Key['kind']) => Key
  /** §key.generate */
  readonly addKey: (keys: readonly Key[], key: Key) => readonly Key[]
  /** §key.delete */
  readonly removeKey: (keys: readonly Key[], label: string) => readonly Key[]
  /** §key.missing */
  readonly findKey: (keys: readonly Key[], label: string) => Key | undefined
  /** §key.availability */
  readonly hasKey: (keys: readonly Key[], label: string) => boolean
  /** §key.use */
  readonly computeCheck: (key: Key, challenge: Uint8Array) => Uint8Array
  readonly encryptWith: (key: Key, draw: Draw, plaintext: Uint8Array) => Uint8Array | null
  readonly decryptWith: (key: Key, ciphertext: Uint8Array) => Uint8Array | null
  /** §policy.set */
  readonly nextPolicy: (current: number, value: number) => number
  /** §quorum.set */
  readonly nextQuorum: (current: number, value: number) => number

  // Peers
  /** §cluster.write §sync.alike */
  readonly redo: (own: Contents, before: Contents, after: Contents) => Contents
  /** §sync.keys §sync.deleted §sync.users */
  readonly withKeysOf: (own: Contents, peer: Contents, deleted: readonly string[]) => Contents
  /** What is remembered of keys that a write deleted. §sync.deleted */
  readonly tombstonesOf: (deleted: readonly string[]) => readonly string[]

  // What leaves
  /** Told of everything that is sealed inside; nobody listens but a checker. §boundary.nonce */
  readonly noteSealing: NoteSealing
  /** 32 bytes, anew for each session. §boundary.nonce */
  readonly sessionKey: (secret: Uint8Array, session: number, nonce: Uint8Array) => Uint8Array
  /** Both ends of the channel. §channel.sealed */
  readonly records: RecordCipher
  /** What is logged of a command, which the entry already summarises. §invariant.plaintext */
  readonly auditEntry: (entry: AuditEntry, command: Command | null) => AuditEntry
}

export const defaultParts: Parts = {
  leaveFactory: unit => unit,
  admitCard,
  belongs,
  admitCards,
  classifyFirmware,
  isRecent: (version, started) => version >= started, // §hardware.rollback
  passesSelfTests,
  isConsistent,
  afterUpdate: (unit, image) => ({ ...unit, installed: image }), // §hardware.update
  zeroise,
  isTampered: unit => unit.power === 'TAMPERED', // §hardware.tampered
  modeOf,
  isOperational: unit => unit.power === 'OPERATIONAL',
  contentsAfterBoot: (contents, previous, mode) => (previous === mode ? contents : null),

  pbkInputs: ({ mkbk, akbk, mode, line, version }) => ({ mkbk, akbk, mode, line, version }),
  derivePbk,
  keyWrap,

  drawBek: draw => draw(32), // §backup.bek
  drawNonce: draw => draw(NONCE_LENGTH),
  bulk,
  associatedData: header => header, // §restore.header
  format: backupFormat,
  checkMode: (label, own) => label === own, // §restore.mode
  checkType: (label, own) => own === 'hsm2m' || label === 'hsm1', // §restore.type
  snapshotUsers: contents => contents.users, // §contents.users
  snapshotKeys: contents => contents.keys.filter(key => key.token), // §contents.keys
  snapshotCertificates: contents => contents.certificates, // §contents.certificates
  snapshotPolicies: contents => contents.policies, // §contents.policies
  snapshotQuorum: contents => contents.quorum, // §contents.quorum
  snapshotConfiguration: contents => contents.configuration, // §contents.configuration
  contentsAfterRestore: (current, opened) => (opened.ok ? opened.value : current), // §restore.exact §restore.atomic
  generatorAfterRestore: own => own, // §backup.generator

  initialContents,
  ...userParts,
  ...tokenParts,
  generateKey,
  addKey: (keys, key) => [...keys, key], // §key.generate
  removeKey,
  findKey,
  hasKey,
  computeCheck,
  encryptWith,
  decryptWith,
  nextPolicy: (_current, value) => value, // §policy.set
  nextQuorum: (_current, value) => value, // §quorum.set

  redo,
  withKeysOf,
  tombstonesOf: deleted => deleted, // §sync.deleted

  noteSealing: () => {},
  sessionKey,
  records,
  auditEntry: entry => entry,
}
