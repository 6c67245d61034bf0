/** What the tests of the channel have in common: a clock, a customer's authority, HSMs with certificates, and both adapters. */
import {
  createAuthority,
  createFactory,
  defaultParts,
  generate,
  instantiate,
  isPeer,
  openIdeal,
  records,
  type Answer,
  type Authority,
  type Carry,
  type CertificateCodec,
  type Channel,
  type ChannelCode,
  type Command,
  type Draw,
  type Factory,
  type Hsm,
  type Mode,
  type Outcome,
  type Peer,
  type Terminal,
} from '../../impl/index.ts'
import { openTls, tlsClientParts, tlsTerminal, type TlsClientParts } from '../../impl/tls/index.ts'
import { x509Attester, x509Codec } from '../../impl/x509/index.ts'

/** 32 bytes that differ by number. */
export const entropy = (n: number): Uint8Array => {
  const bytes = new Uint8Array(32).fill(0x5a)
  new DataView(bytes.buffer).setUint32(0, n)
  return bytes
}

/** The first of January 2026, in seconds since the epoch. */
export const START = 1_767_225_600
export const DAY = 86_400

/** Of all clients and of all who issue certificates; tests move it. */
export const clock = { seconds: START }
export const now = (): number => clock.seconds

export const codec = x509Codec({ now })
export const attester = x509Attester({ now })
export const authority = createAuthority(entropy(1_000_001), codec)

export const CO = { user: 'CO', password: 'officer-password' }
export const CU = { user: 'CU', password: 'user-password' }

export const manufacturer = (terminal: Terminal = tlsTerminal()): Factory =>
  createFactory(entropy(1_000_000), defaultParts, { codec, attester, terminal })
export const factory = manufacturer()

export const drawFrom = (n: number): Draw => {
  let state = instantiate(entropy(n), new Uint8Array(0))
  return length => {
    const drawn = generate(state, length)
    state = drawn.state
    return drawn.bytes
  }
}

/** A unit with contents and no certificate. */
export const provisioned = (n: number, from: Factory = factory, mode: Mode = 'FIPS'): Hsm => {
  const hsm = from.fleet({ line: 'hsm2m', mode, entropy: entropy(n) })
  hsm.provision()
  return hsm
}

/** A unit of a cluster that the authority has certified. */
export const initialised = (
  n: number,
  by: Authority = authority,
  from: Factory = factory,
  mode: Mode = 'FIPS',
): Hsm => {
  const hsm = provisioned(n, from, mode)
  const certificate = by.issue(hsm.certificateRequest() ?? new Uint8Array(0))
  if (certificate === null || !hsm.installCertificate(certificate).ok)
    throw new Error('expected a certificate, got none')
  hsm.drainAudit()
  return hsm
}

export const peer: Peer = { anchor: authority.anchor, mode: 'FIPS' }

/** The cluster's public key. */
export const keyOf = (hsm: Hsm): Uint8Array => codec.keyIn(hsm.certificate()) ?? new Uint8Array(0)

export type Opened = Promise<Outcome<Channel, ChannelCode>>
export type Tap = (carry: Carry) => Carry

/** How a client gets to an HSM. */
export interface Adapter {
  readonly name: 'ideal' | 'TLS'
  open(hsm: Hsm, asked?: Peer, tap?: Tap): Opened
}

const untouched: Tap = carry => carry

export const idealBy = (by: CertificateCodec, isTrusted: typeof isPeer = isPeer, cipher = records): Adapter => ({
  name: 'ideal',
  open: (hsm, asked = peer, tap = untouched) =>
    openIdeal(hsm, {
      parts: { isTrusted: (agreement, whom) => isTrusted(agreement, whom, by), records: cipher },
      draw: drawFrom(1_000_002),
      tap,
    })(asked),
})

export const tlsBy = (parts: TlsClientParts): Adapter => ({
  name: 'TLS',
  open: (hsm, asked = peer, tap = untouched) =>
    openTls(
      tap(client => hsm.connect(client, () => undefined)),
      parts,
    )(asked),
})

export const adapters: readonly Adapter[] = [idealBy(codec), tlsBy(tlsClientParts(codec))]

/** The channel that is expected to open. */
export const opened = async (opening: Opened): Promise<Channel> => {
  const outcome = await opening
  if (!outcome.ok) throw new Error(`refused with ${outcome.code}`)
  return outcome.value
}

/** With which code a channel is refused; a channel that opens is closed again. */
export const codeOf = async (opening: Opened): Promise<ChannelCode | 'opens'> => {
  const outcome = await opening
  if (!outcome.ok) return outcome.code
  outcome.value.close()
  return 'opens'
}

/** The code of an answer; `none` where there is none. */
export const told = (answer: Answer | null): string => {
  if (answer === null) return 'none'
  return answer.ok ? 'accepted' : answer.code
}

export const activate: Command = { op: 'Activate', password: CO.password, label: 'a label' }
export const setPolicy = (value: number): Command => ({ op: 'SetPolicy', as: CO, value })

/** A unit with an officer. */
export const activated = async (
  n: number,
  by: Authority = authority,
  from: Factory = factory,
  { open } = adapters[0] as Adapter,
): Promise<Hsm> => {
  const hsm = initialised(n, by, from)
  const channel = await opened(open(hsm, { ...peer, anchor: by.anchor }))
  await channel.tell(activate)
  channel.close()
  hsm.drainAudit()
  return hsm
}

/** Keeps what the service carries, in both directions. */
export const watching =
  (seen: Uint8Array[]): Tap =>
  carry =>
  client => {
    const keep = (bytes: Uint8Array): Uint8Array => {
      seen.push(bytes.slice())
      return bytes
    }
    const there = carry({ send: bytes => client.send(keep(bytes)), end: () => client.end() })
    return there && { send: bytes => there.send(keep(bytes)), end: () => there.end() }
  }
