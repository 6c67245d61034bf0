/** The TLS channel beside Node's TLS alone, on as many bytes in the same turns; and an HSM's answers, beside those on the ideal one. */
import { duplexPair } from 'node:stream'
import { connect, createSecureContext, TLSSocket } from 'node:tls'
import {
  createAuthority,
  createFactory,
  defaultParts,
  encodeAnswer,
  isPeer,
  openIdeal,
  records,
  type Agreement,
  type Channel,
  type Command,
  type Hsm,
  type Outcome,
  type Peer,
  type Terminal,
  type Wire,
} from '../../impl/index.ts'
import { PROTOCOL, openTls, pemOf, tlsClientParts, tlsTerminal } from '../../impl/tls/index.ts'
import { toPem, x509Codec } from '../../impl/x509/index.ts'
import { paired, type Measure } from './measure.ts'

const MEGABYTE = 1_000_000
const MESSAGE = 65_536
const TURNS = 200
const LOOKS = 200

const codec = x509Codec({ now: () => 1_767_225_600 })
const authority = createAuthority(new Uint8Array(32).fill(3), codec)
const asked = { anchor: authority.anchor, mode: 'FIPS' } as const

const NOWHERE: Wire = { send: () => undefined, end: () => undefined }

/** An HSM of a cluster, with this built in. */
const hsmWith = (terminal: Terminal): Hsm => {
  const factory = createFactory(new Uint8Array(32).fill(1), defaultParts, { codec, terminal })
  const hsm = factory.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: new Uint8Array(32).fill(2) })
  hsm.provision()
  hsm.installCertificate(authority.issue(hsm.certificateRequest() ?? new Uint8Array(0)) ?? new Uint8Array(0))
  return hsm
}

const channelOf = async (opening: Promise<Outcome<Channel, string>>): Promise<Channel> => {
  const outcome = await opening
  if (!outcome.ok) throw new Error(`expected a channel, got ${outcome.code}`)
  return outcome.value
}

/** The key and the certificate that an HSM hands to its end of TLS. */
const identityShown = (): { readonly key: string; readonly cert: string } => {
  const shown: { key: string; cert: string }[] = []
  const terminal: Terminal = {
    accept: identity => {
      shown.push({ key: pemOf(identity), cert: toPem('CERTIFICATE', identity.certificate) })
      return NOWHERE
    },
  }
  hsmWith(terminal).connect(NOWHERE, () => undefined)
  const [identity] = shown
  if (identity === undefined) throw new Error('expected an identity, got none')
  return identity
}

/** Node's TLS alone: a message there, the same back, then the next. */
const nodeAlone = async (): Promise<() => Promise<number>> => {
  const [near, far] = duplexPair()
  const secureContext = createSecureContext({ ...PROTOCOL, ...identityShown() })
  const server = new TLSSocket(far, { isServer: true, secureContext })
  server.on('data', (bytes: Buffer) => server.write(bytes))
  const client = connect({ socket: near, rejectUnauthorized: false, ...PROTOCOL })
  await new Promise<void>(connected => client.once('secureConnect', connected))
  let came = 0
  let whole: () => void = () => undefined
  client.on('data', (bytes: Buffer) => {
    came += bytes.length
    if (came === MESSAGE) whole()
  })
  const message = Buffer.alloc(MESSAGE, 7)
  return async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      came = 0
      const answered = new Promise<void>(answer => {
        whole = answer
      })
      client.write(message)
      await answered
    }
    return (TURNS * MESSAGE * 2) / MEGABYTE
  }
}

/** The channel with an answer of the same size to every command, and no HSM that would have to find it. */
const channelAlone = async (): Promise<() => Promise<number>> => {
  const answer = encodeAnswer({ ok: true, value: { kind: 'bytes', bytes: new Uint8Array(MESSAGE) } })
  const known = tlsTerminal()
  const terminal: Terminal = {
    accept: (identity, { closed }, client) => known.accept(identity, { perform: () => answer, closed }, client),
  }
  const channel = await tlsTo(hsmWith(terminal))
  const plaintext = new Uint8Array(MESSAGE).fill(7)
  const command: Command = { op: 'Encrypt', as: { user: 'CU', password: 'p' }, label: 'key', plaintext }
  return async () => {
    for (let turn = 0; turn < TURNS; turn++)
      if ((await channel.tell(command)) === null) throw new Error('expected an answer, got none')
    return (TURNS * MESSAGE * 2) / MEGABYTE
  }
}

const tlsTo = (hsm: Hsm): Promise<Channel> =>
  channelOf(openTls(client => hsm.connect(client, () => undefined), tlsClientParts(codec))(asked))

const idealTo = (hsm: Hsm): Promise<Channel> => {
  const parts = { isTrusted: (agreement: Agreement, peer: Peer) => isPeer(agreement, peer, codec), records }
  return channelOf(openIdeal(hsm, { parts, draw: length => new Uint8Array(length) })(asked))
}

/** Opens a channel and asks what the HSM holds, once. */
const looking = (open: (hsm: Hsm) => Promise<Channel>): (() => Promise<number>) => {
  const hsm = hsmWith(tlsTerminal())
  return async () => {
    for (let look = 0; look < LOOKS; look++) {
      const channel = await open(hsm)
      await channel.tell({ op: 'Inspect', as: null })
      channel.close()
    }
    return LOOKS
  }
}

export const channels = async (): Promise<readonly Measure[]> => [
  ...(await paired(
    'MB/s',
    ["Node's TLS alone, 64 KiB there and back", await nodeAlone()],
    ['TLS channel, commands and answers of 64 KiB', await channelAlone()],
  )),
  ...(await paired(
    'channels/s',
    ['ideal channel, opened for one command', looking(idealTo)],
    ['TLS channel, opened for one command', looking(tlsTo)],
  )),
]
