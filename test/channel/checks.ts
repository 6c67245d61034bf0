/** A check for each clause of the channel and its certificates: what it finds, in a sentence, null where all is well. */
import { createAuthority, type Authority, type Hsm, type Mode, type Peer } from '../../impl/index.ts'
import { verifyAttestation, x509Codec } from '../../impl/x509/index.ts'
import { KINDS } from './attacks.ts'
import { impostorOf, openImpostor } from './impostor.ts'
import type { Places } from './places.ts'
import { overtureOf, play, policyOf, wrongWith } from './played.ts'
import { shake } from './raw.ts'
import {
  CO,
  DAY,
  START,
  activate,
  activated,
  authority,
  clock,
  codeOf,
  entropy,
  initialised,
  keyOf,
  now,
  opened,
  peer,
  provisioned,
  watching,
  type Adapter,
} from './world.ts'

export type Check = (places: Places) => Promise<string | null>

const another = createAuthority(entropy(800), x509Codec({ now }))
const lasting = createAuthority(entropy(801), x509Codec({ now }))
const passing = createAuthority(entropy(801), x509Codec({ now, lifetime: from => ({ from, to: from + DAY }) }))
/** Issues for a day, and is there for years. */
const brief: Authority = { ...passing, anchor: lasting.anchor }
/** Issues for years, and is there for a day. */
const outlived: Authority = { ...lasting, anchor: passing.anchor }

/** The same question to both adapters. */
const onBoth =
  (ask: (adapter: Adapter, places: Places) => Promise<string | null>): Check =>
  async places => {
    const found = []
    for (const adapter of places.adapters) found.push(await ask(adapter, places))
    return found.find(finding => finding !== null) ?? null
  }

/** A client that should be refused with CERTIFICATE. */
const refuses = (whom: string, open: (adapter: Adapter, places: Places) => ReturnType<Adapter['open']>): Check =>
  onBoth(async (adapter, places) => {
    const code = await codeOf(open(adapter, places))
    return code === 'CERTIFICATE' ? null : `${adapter.name}: ${whom} is answered ${code}`
  })

const unit = ({ factory }: Places, by: Authority = authority): Hsm => initialised(810, by, factory)
const asked = (changed: Partial<Peer>): Peer => ({ ...peer, ...changed })

/** Of an HSM, or of the authority, which has issued for longer than it is there itself. */
const expired: Check = async places => {
  const [hsm, other] = [unit(places, brief), unit(places, outlived)]
  const asks = [
    refuses('a certificate of yesterday', ({ open }) => open(hsm, asked({ anchor: brief.anchor }))),
    refuses('an authority of yesterday', ({ open }) => open(other, asked({ anchor: outlived.anchor }))),
  ]
  clock.seconds = START + 2 * DAY
  try {
    return (await asks[0]?.(places)) ?? (await asks[1]?.(places)) ?? null
  } finally {
    clock.seconds = START
  }
}

/** Of the ideal channel with a short command, in bytes: one block and a tag. */
const RECORD = 256 + 16
/** One attack of each kind at the end of a record, and a bit of every byte of what is said, which stands before the padding. */
const TOUCHES = KINDS.map(kind => ({ kind, by: 0 }))
const FLIPS = Array.from({ length: 96 }, (_, at) => ({ kind: 'flip' as const, by: 8 * (RECORD - 1 - at) }))

const besieged: Check = onBoth(async (adapter, places) => {
  const hsm = await activated(811, authority, places.factory, adapter)
  const overture = await overtureOf(adapter, hsm)
  const { middle } = await play(adapter, hsm, [])
  for (const direction of ['there', 'back'] as const)
    for (const { kind, by } of direction === 'there' && adapter.name === 'ideal' ? [...TOUCHES, ...FLIPS] : TOUCHES) {
      const at = overture[direction] + 1
      const before = await policyOf(adapter, hsm)
      const attacks = [{ direction, at, kind, by }]
      const wrong = wrongWith(await play(adapter, hsm, attacks, middle.courses), overture, before, attacks)
      if (wrong !== null) return `${adapter.name}: ${kind} of record ${at} ${direction}: ${wrong}`
    }
  return null
})

const sealed: Check = onBoth(async (adapter, places) => {
  const seen: Uint8Array[] = []
  const channel = await opened(adapter.open(unit(places), peer, watching(seen)))
  await channel.tell(activate)
  channel.close()
  return Buffer.concat(seen).includes(CO.password) ? `${adapter.name}: a password is carried in the clear` : null
})

const fresh: Check = async places => {
  const hsm = unit(places)
  const first = await shake(hsm)
  if (typeof first === 'string') return `TLS: no handshake, but ${first}`
  for (const session of first.tickets) {
    const second = await shake(hsm, { session })
    if (typeof second === 'string' || second.isReused) return 'TLS: a session is resumed'
  }
  return null
}

const WEAK = [{ maxVersion: 'TLSv1.2' }, { ciphers: 'TLS_AES_128_GCM_SHA256' }, { ecdhCurve: 'X25519' }] as const

const version: Check = async places => {
  for (const options of WEAK)
    if (typeof (await shake(unit(places), options)) !== 'string') return `TLS: speaks ${JSON.stringify(options)}`
  return null
}

/** A customer's verdict on an HSM, from what another shows if it is said. */
const attested =
  (what: string, expected: string, mode: Mode, units: (places: Places) => { hsm: Hsm; shows?: Hsm }): Check =>
  async places => {
    const { hsm, shows = hsm } = units(places)
    const [attestation, roots] = [shows.attestation(), places.factory.roots]
    if (attestation === null || roots === null) throw new Error('expected an attestation, got none')
    const request = hsm.certificateRequest() ?? new Uint8Array(0)
    const outcome = verifyAttestation(attestation, { roots, request, mode }, now(), places.attestation)
    const code = outcome.ok ? 'accepted' : outcome.code
    return code === expected ? null : `${what} is answered ${code}`
  }

/** Genuine hardware that AWS has not enrolled, with what an enrolled one was given. */
const outside = ({ factory }: Places): Hsm => {
  const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(812) })
  hsm.enrol(provisioned(813, factory).attestation()?.awsHardware ?? new Uint8Array(0))
  hsm.boot(factory.image('fips'))
  hsm.provision()
  return hsm
}

/** A request with another's key in it, or another's signature under it. */
const requested: Check = async ({ codec, factory }) => {
  const request = provisioned(814, factory).certificateRequest() ?? new Uint8Array(0)
  const forged = request.map((byte, i) => (i === request.length - 1 ? byte ^ 1 : byte))
  if (codec.readRequest(request) === null) return 'a request is not read'
  return codec.readRequest(forged) === null ? null : 'a request is read that its key has not signed'
}

export const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['§channel.tls', sealed],
  ['§channel.version', version],
  ['§channel.once', besieged],
  ['§channel.fresh', fresh],
  [
    '§client.certificate',
    refuses('another mode', ({ open }, places) => open(unit(places), asked({ mode: 'NON_FIPS' }))),
  ],
  ['§client.authority', refuses("another customer's HSM", ({ open }, places) => open(unit(places, another)))],
  ['§client.expired', expired],
  ['§client.selfsigned', refuses('an HSM by its own word', ({ open }, { factory }) => open(provisioned(815, factory)))],
  [
    '§client.possession',
    refuses('an impostor', (adapter, places) => openImpostor(adapter, unit(places), impostorOf(unit(places), 816))),
  ],
  [
    '§client.pin',
    refuses('a sibling', ({ open }, places) =>
      open(unit(places), asked({ pin: keyOf(initialised(817, authority, places.factory)) })),
    ),
  ],
  [
    '§attest.chains',
    attested('hardware that AWS has not enrolled', 'CHAIN', 'FIPS', places => ({ hsm: outside(places) })),
  ],
  [
    '§attest.key',
    attested('the attestation of another HSM', 'KEY', 'FIPS', ({ factory }) => ({
      hsm: provisioned(818, factory),
      shows: provisioned(819, factory),
    })),
  ],
  [
    '§attest.mode',
    attested('an HSM in the other mode', 'MODE', 'FIPS', ({ factory }) => ({
      hsm: provisioned(820, factory, 'NON_FIPS'),
    })),
  ],
  ['§certificate.request', requested],
])
