/** The HSM as the rest of the world may use it. */
export { createFactory, type Factory, type FactoryOptions } from './factory.ts'
export type { Hsm } from './hsm.ts'
export type { KeyDigests } from './change.ts'
export type { OfficerCard } from './ceremony.ts'
export type { Behaviour, FirmwareImage } from './firmware.ts'
export { defaultParts, type Parts } from './seams.ts'
export { accepted, refused, type CommandCode, type Outcome, type RestoreCode } from './outcome.ts'
export type { Answer, AnswerValue, Command, Credentials, Inspection, ListedToken, UserList } from './wire.ts'
export { keyOfPeer, records, verifyAgreement, type Agreement, type RecordCipher } from './channel.ts'
export { createLedger, type Ledger } from './ledger.ts'
export {
  certifies,
  cborCodec,
  createAuthority,
  type Authority,
  type CertificateCodec,
  type Signer,
} from './certificate.ts'
export type { Attestation, Attester, Root } from './attestation.ts'
export type { Identity, Inside, Terminal, Wire } from './terminal.ts'
export { derSignature } from './signature.ts'
export { decodeAnswer, encodeAnswer, encodeCommand } from './wire.ts'
export {
  encodeBackup,
  encodeHeader,
  parseBackup,
  parseHeader,
  type Envelope,
  type Label,
  type Line,
  type Mode,
} from './encoding.ts'
export type { Service } from './tokens.ts'
export { decodeValue, encodeValue, type Value } from './cbor.ts'
export { generate, instantiate, type Draw, type DrbgState } from './drbg.ts'
