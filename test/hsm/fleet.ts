/** A small fleet for the tests of the HSM: units with entropy by number, a customer's authority, and a client that talks. */
import {
  createAuthority,
  createFactory,
  type Answer,
  type AnswerValue,
  type Command,
  type CommandCode,
  type Factory,
  type Hsm,
  type Inspection,
  type Line,
  type Mode,
  type Outcome,
} from '../../impl/hsm/index.ts'
import { openClientChannel } from '../../impl/hsm/client.ts'

/** 32 bytes that differ by number. */
export const entropy = (n: number): Uint8Array => {
  const bytes = new Uint8Array(32).fill(0x5a)
  new DataView(bytes.buffer).setUint32(0, n)
  return bytes
}

export const factory = createFactory(entropy(1_000_000))
export const authority = createAuthority(entropy(1_000_001))

export const CO = { user: 'CO', password: 'officer-password' }
export const CU = { user: 'CU', password: 'user-password' }

/** The value of an outcome that is expected to be one. */
export const valueOf = <T>(outcome: Outcome<T, string>): T => {
  if (!outcome.ok) throw new Error(`refused with ${outcome.code}`)
  return outcome.value
}

export const codeOf = (outcome: Outcome<unknown, string>): string => (outcome.ok ? 'opens' : outcome.code)

/** One command in a session of its own. */
export const tell = (hsm: Hsm, command: Command): Answer => {
  const agreement = hsm.agree(entropy(7))
  if (agreement === null) throw new Error('nobody to talk to')
  const channel = openClientChannel(agreement)
  const record = hsm.exchange(agreement.session, channel.request(command))
  const answer = record === null ? null : channel.answer(record)
  hsm.close(agreement.session)
  if (answer === null) throw new Error('no answer')
  return answer
}

export const codeTold = (hsm: Hsm, command: Command): CommandCode | 'accepted' => {
  const answer = tell(hsm, command)
  return answer.ok ? 'accepted' : answer.code
}

export const valueTold = (hsm: Hsm, command: Command): AnswerValue => valueOf(tell(hsm, command))

export const bytesTold = (hsm: Hsm, command: Command): Uint8Array => {
  const value = valueTold(hsm, command)
  if (value.kind !== 'bytes') throw new Error('not bytes')
  return value.bytes
}

export const inspect = (hsm: Hsm, as: typeof CU | null = CU): Inspection => {
  const { kind, ...inspection } = valueTold(hsm, { op: 'Inspect', as }) as { kind: 'inspection' } & Inspection
  return inspection
}

export const unit = (n: number, line: Line = 'hsm2m', mode: Mode = 'FIPS', from: Factory = factory): Hsm =>
  from.fleet({ line, mode, entropy: entropy(n) })

/** A unit with a cluster certificate. */
export const initialised = (n: number, line: Line = 'hsm2m', mode: Mode = 'FIPS', from: Factory = factory): Hsm => {
  const hsm = unit(n, line, mode, from)
  valueOf(hsm.provision())
  const request = hsm.certificateRequest()
  const certificate = request === null ? null : authority.issue(request)
  if (certificate === null) throw new Error('no certificate')
  valueOf(hsm.installCertificate(certificate))
  return hsm
}

/** A unit with an officer, a user, a key, a policy and a quorum. */
export const filled = (n: number, line: Line = 'hsm2m', mode: Mode = 'FIPS', from: Factory = factory): Hsm => {
  const hsm = initialised(n, line, mode, from)
  valueTold(hsm, { op: 'Activate', password: CO.password, label: `label ${n}` })
  valueTold(hsm, { op: 'CreateUser', as: CO, name: 'CU', role: 'CU', password: CU.password })
  valueTold(hsm, { op: 'GenerateKey', as: CU, label: 'key', kind: 'AES' })
  valueTold(hsm, { op: 'SetPolicy', as: CO, value: n + 1 })
  valueTold(hsm, { op: 'SetQuorum', as: CO, value: 1 })
  return hsm
}
