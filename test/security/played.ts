/** Attacks on broken designs that the model has no steps for, played on an implementation that is broken in the same way. */
import { gcm } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { createAuthority, createFactory, defaultParts, type Factory, type Hsm } from '../../impl/index.ts'
import { verifyAttestation, x509Attester, x509Codec } from '../../impl/x509/index.ts'
import { spied } from './spy.ts'
import { tellStory } from './story.ts'

const STATIC = utf8ToBytes('channel')
const staticKey = (privateKey: Uint8Array): Uint8Array => hmac(sha256, privateKey, STATIC)

/** How many commands of a session are tried. */
const COMMANDS = 4

/** What a record decrypts to under a key, as a command or an answer of a session; null where it does not. */
const opened = (key: Uint8Array, record: Uint8Array): Uint8Array | null => {
  for (const direction of [1, 2])
    for (let counter = 0; counter < COMMANDS; counter += 1) {
      const nonce = new Uint8Array(12)
      nonce[3] = direction
      nonce[11] = counter
      try {
        return gcm(key, nonce).decrypt(record)
      } catch {
        // Another key, or another record of the session.
      }
    }
  return null
}

const holds = (bytes: Uint8Array, text: string): boolean => new TextDecoder('latin1').decode(bytes).includes(text)

/**
 * A listener has recorded a story, and is given all keys that outlast a session: private keys of clusters, PBK and the root keys. What he
 * reads of it, and with it a password; null where he reads nothing.
 */
export const listenLater = (isStatic: boolean): string | null => {
  const lasting: Uint8Array[] = []
  const note = (key: Uint8Array): Uint8Array => {
    lasting.push(key.slice())
    return key
  }
  let certified = new Uint8Array(32)
  const parts = {
    ...defaultParts,
    derivePbk: (inputs: Parameters<typeof defaultParts.derivePbk>[0]) => note(defaultParts.derivePbk(inputs)),
    initialContents: (certificates: Parameters<typeof defaultParts.initialContents>[0]) => {
      certified = new Uint8Array(note(certificates.privateKey))
      return defaultParts.initialContents(certificates)
    },
    ...(isStatic && { sessionKey: () => staticKey(certified) }),
  }
  const { parts: watched } = spied({ hsm: parts })
  const { left, customer } = tellStory(watched)
  const records = left.filter(({ channel }) => channel === 'record')
  const keys = lasting.flatMap(key => [key, staticKey(key)])
  const read = records.flatMap(({ bytes }) => keys.map(key => opened(key, bytes)).filter(text => text !== null))
  if (read.length === 0) return null
  return `${read.length} records are read of ${records.length}${read.some(text => holds(text, customer.officer)) ? ', with the password of the officer' : ''}`
}

const seed = (n: number): Uint8Array => sha256(utf8ToBytes(`an attack that is played ${n}`))
const now = (): number => 1_767_225_600
const attester = x509Attester({ now })

/** Commissioned hardware with firmware of the attacker's, which another key of the manufacturer signed and which says that it is in FIPS mode. */
const liar = (factory: Factory): Hsm => {
  const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: seed(2) })
  factory.enrol(hsm)
  hsm.commission(factory.officers)
  hsm.boot(factory.image('other', { id: 'the attacker’s', claims: 'FIPS' }))
  hsm.provision()
  return hsm
}

/**
 * A customer who wants an HSM in FIPS mode is shown that one, and certifies its key once it has checked the attestation. In which mode the
 * hardware is whose key was certified; null where the customer refuses.
 */
export const certifyLiar = (saysMode: boolean): string | null => {
  const codec = x509Codec({ now })
  const silent = {
    ...attester,
    hsm: (...[hardware, key]: Parameters<typeof attester.hsm>) => attester.hsm(hardware, key, 'FIPS'),
  }
  const factory = createFactory(seed(1), defaultParts, { codec, attester: saysMode ? attester : silent })
  const hsm = liar(factory)
  const [attestation, request, { roots }] = [hsm.attestation(), hsm.certificateRequest(), factory]
  if (attestation === null || request === null || roots === null) throw new Error('expected an HSM that attests')
  const outcome = verifyAttestation(attestation, { roots, request, mode: 'FIPS' }, now())
  if (!outcome.ok) return null
  const certificate = createAuthority(seed(3), codec).issue(request)
  if (certificate === null || !hsm.installCertificate(certificate).ok) throw new Error('expected a certificate')
  return `the customer certifies hardware in ${hsm.mode()} mode with firmware of the attacker's`
}
