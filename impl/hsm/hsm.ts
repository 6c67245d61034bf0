/** What a unit of hardware can be asked, by whoever stands before it. */
import type { Attestation, Attester } from './attestation.ts'
import type { OfficerCard } from './ceremony.ts'
import type { KeyDigests } from './change.ts'
import type { CertificateCodec } from './certificate.ts'
import type { Agreement } from './channel.ts'
import type { Line, Mode } from './encoding.ts'
import type { FirmwareImage, FirmwareKeys } from './firmware.ts'
import type { Outcome, RestoreCode } from './outcome.ts'
import type { StartCode } from './rom.ts'
import type { Parts } from './seams.ts'
import type { Algorithm } from './selftest.ts'
import type { Terminal, Wire } from './terminal.ts'
import type { UnitState } from './unit.ts'

export type NotOperational = 'NOT_OPERATIONAL'
export type Tampered = 'TAMPERED'
/** Why a step of the ceremony came to nothing: it runs, the officer has loaded one or is alone, the share is a bad one. */
export type NotCommissioned = 'BOOTED' | 'TWO_PERSON' | 'SHARE'

/** A unit. Nothing secret comes out of any of these, except to a client through `agree`. */
export interface Hsm {
  readonly line: Line
  power(): UnitState['power']
  /** The mode that the ROM established, while it runs. */
  mode(): Mode | null
  /** The public key of the hardware itself; null where it was given none. */
  hardwareKey(): Uint8Array | null
  /** Stores AWS's certificate of that key. */
  enrol(certificate: Uint8Array): void
  /** What proves it genuine, and its mode; null once the cluster's certificate is installed, and before it is enrolled. */
  attestation(): Attestation | null
  /** An officer loads the share on his card, while the unit is not running; it waits for the other's. */
  loadShare(card: OfficerCard): Outcome<null, Tampered | NotCommissioned>
  /** Ends the ceremony: with both shares AKBK is loaded, else refused. No share stays, whatever comes of it. */
  endCeremony(): Outcome<null, Tampered | NotCommissioned>
  /** A whole ceremony: each of the cards in turn, and its end. */
  commission(cards: readonly OfficerCard[]): Outcome<null, Tampered | NotCommissioned>
  /** Replaces the firmware that it starts from the next time. */
  update(image: FirmwareImage): Outcome<null, Tampered>
  /** Starts, or restarts, with this firmware. Contents outlive it if the mode stays the same. */
  boot(image: FirmwareImage): Outcome<Mode, Tampered | StartCode>
  /** Switches it off and on: it starts from what is installed. For simulation, the circuits of an algorithm may fail this time. */
  restart(disturbed?: Algorithm): Outcome<Mode, Tampered | StartCode>
  /** What opening it sets off. */
  tamper(): void
  /** A digest of all that whoever has opened it finds, in hex; empty when nothing is left. */
  remains(): string
  /** Makes initial contents, with a new key pair of the cluster. */
  provision(): Outcome<null, NotOperational | 'SELF_TEST'>
  /** The request for the cluster's certificate; null without contents, and once the certificate is installed. */
  certificateRequest(): Uint8Array | null
  /** Stores the cluster's certificate if it is for this cluster's key. */
  installCertificate(certificate: Uint8Array): Outcome<null, NotOperational | 'CERTIFICATE'>
  /** The cluster's certificate, which is public; empty when there is none. */
  certificate(): Uint8Array
  /** A backup of the contents, sealed. */
  backup(): Outcome<Uint8Array, NotOperational | 'EMPTY'>
  /** The contents sealed for another HSM of the cluster, in the form of a backup; it takes them by `restore`. */
  synchronise(): Outcome<Uint8Array, NotOperational | 'EMPTY'>
  /** The contents before the last write, sealed likewise. */
  synchroniseBefore(): Outcome<Uint8Array, NotOperational | 'EMPTY'>
  /** Does what a write changed between two contents of a peer, each sealed for it. */
  redo(before: Uint8Array, after: Uint8Array): Outcome<null, RestoreCode | NotOperational>
  /** Takes the keys out of a peer's sealed contents, but for those whose digests are of deleted ones, which it deletes. */
  takeKeys(sealed: Uint8Array, deleted: readonly string[]): Outcome<null, RestoreCode | NotOperational>
  /** Digests of the keys that it holds, and of those that it has deleted. */
  keyDigests(): KeyDigests
  /** SHA-256 of the contents before the last write, in hex; empty when there was none. */
  digestBefore(): string
  /** How many sessions it could open besides those that are open. */
  remaining(): number
  restore(backup: Uint8Array): Outcome<null, RestoreCode | NotOperational | Tampered>
  /** SHA-256 of the contents, computed inside, in hex; empty when there are none. */
  digest(): string
  /** The ideal key exchange with a client, whose nonce is 16 bytes or more. Null when there is nobody to talk to. */
  agree(nonce: Uint8Array): Agreement | null
  /** Takes the record of a command and answers the record of its answer; null for anything else. */
  exchange(session: number, record: Uint8Array): Uint8Array | null
  /**
   * A way for bytes to the terminal that is built in, given the way back; null where there is none, or nobody to talk to. `performed`
   * is called after each command, before its answer leaves.
   */
  connect(client: Wire, performed: () => void): Wire | null
  close(session: number): void
  /** Ends all sessions, and what was tied to them. */
  endSessions(): void
  /** From now on it takes no writes of clients, or it does again. */
  limitWrites(limited: boolean): void
  /** Its clock goes on, in seconds. For simulation; in hardware it does so by itself. */
  elapse(seconds: number): void
  /** The entries of the audit log since the last call, encoded, oldest first. */
  drainAudit(): readonly Uint8Array[]
  /** An independent copy that goes on from here. For simulation; no such thing exists in hardware. */
  clone(): Hsm
}

/** What every unit of a manufacturer has in common. */
export interface Build {
  readonly parts: Parts
  readonly firmwareKeys: FirmwareKeys
  readonly codec: CertificateCodec
  readonly attester: Attester | null
  readonly terminal: Terminal | null
  /** PBKDF2 iterations of new verifiers. */
  readonly iterations: number
}
