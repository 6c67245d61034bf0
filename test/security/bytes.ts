/** Security faults that the bytes which leave should show: keys that anybody could try, and secrets that are written down somewhere. */
import { ctr } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import {
  defaultClientParts,
  defaultParts,
  defaultServiceParts,
  type AccountParts,
  type Command,
  type Parts,
} from '../../impl/index.ts'
import { inBytes } from './bytes-judge.ts'
import type { SecurityFault } from './fault.ts'
import { envelopeKeyOf } from './story.ts'

type Keying = (header: Uint8Array, bek: Uint8Array) => Uint8Array

const inHsm = (parts: Partial<Parts>): Partial<AccountParts> => ({ hsm: { ...defaultParts, ...parts } })

const { bulk, keyWrap, records } = defaultParts
const EMPTY = new Uint8Array(0)

const padded = (bytes: Uint8Array): Uint8Array => {
  const key = new Uint8Array(32)
  key.set(bytes.subarray(0, 32))
  return key
}

/** Backups are encrypted under a key of another making than the one that is wrapped. */
const sealedUnder = (keyOf: Keying): Partial<AccountParts> =>
  inHsm({
    bulk: {
      seal: (bek, nonce, header, plaintext) => bulk.seal(keyOf(header, bek), nonce, header, plaintext),
      open: (bek, nonce, header, sealed) => bulk.open(keyOf(header, bek), nonce, header, sealed),
    },
  })

/** Both ends of the channel use a key of their own. */
const channelUnder = (key: Uint8Array): Partial<AccountParts> => {
  const cipher: Parts['records'] = {
    seal: (_, nonce, plaintext) => records.seal(key, nonce, plaintext),
    open: (_, nonce, record) => records.open(key, nonce, record),
  }
  return { hsm: { ...defaultParts, records: cipher }, client: { ...defaultClientParts, records: cipher } }
}

const passwordIn = (command: Command | null): string | null =>
  command !== null && 'password' in command ? command.password : null

/** What a command's password is logged as, in the place of the user's name. */
const logged = (write: (password: string) => string): Partial<AccountParts> =>
  inHsm({
    auditEntry: (entry, command) => {
      const password = passwordIn(command)
      return password === null ? entry : { ...entry, user: write(password) }
    },
  })

const reversed = (text: string): string => [...text].reverse().join('')

/** The latest BEK in the log. */
const loggedBek = (): Partial<AccountParts> => {
  let bek = ''
  return inHsm({
    drawBek: draw => {
      const drawn = defaultParts.drawBek(draw)
      bek = bytesToHex(drawn)
      return drawn
    },
    auditEntry: entry => (entry.opcode === 'CN_BACKUP_END' ? { ...entry, user: `BEK ${bek}` } : entry),
  })
}

/** A key's value in the log. */
const loggedKey = (): Partial<AccountParts> => {
  let value = EMPTY
  return inHsm({
    generateKey: (...args) => {
      const key = defaultParts.generateKey(...args)
      value = key.value.slice()
      return key
    },
    auditEntry: entry =>
      entry.opcode === 'CN_GENERATE_KEY' ? { ...entry, user: btoa(`key=${String.fromCharCode(...value)}`) } : entry,
  })
}

/** Half a password in one entry of the log, the other half in the next. */
const loggedInHalves = (): Partial<AccountParts> => {
  let rest = ''
  return inHsm({
    auditEntry: (entry, command) => {
      const password = passwordIn(command)
      const user = password?.slice(0, 16) ?? rest
      rest = password?.slice(16) ?? ''
      return user === '' ? entry : { ...entry, user }
    },
  })
}

/** The last password that an HSM was given, where DescribeClusters says which CSR there is. */
const answered = (write: (password: string) => string): Partial<AccountParts> => {
  let last = ''
  return {
    ...inHsm({
      auditEntry: (entry, command) => {
        last = passwordIn(command) ?? last
        return entry
      },
    }),
    service: {
      ...defaultServiceParts,
      csrOf: (cluster, active) => (last === '' ? defaultServiceParts.csrOf(cluster, active) : utf8ToBytes(write(last))),
    },
  }
}

/** GCM encrypts the text from the second counter block on (SP 800-38D §7.1). */
const unauthenticated = (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array =>
  ctr(key, concatBytes(nonce, Uint8Array.of(0, 0, 0, 2))).decrypt(sealed.slice(0, -16))

const thrown = (): Partial<AccountParts> =>
  inHsm({
    bulk: {
      seal: bulk.seal,
      open: (key, nonce, header, sealed) => {
        const plaintext = bulk.open(key, nonce, header, sealed)
        if (plaintext !== null) return plaintext
        throw new Error(`wrong tag after ${bytesToHex(unauthenticated(key, nonce, sealed))}`)
      },
    },
  })

const wrappedAs = (bek: (wrappingKey: Uint8Array) => Uint8Array): Partial<AccountParts> =>
  inHsm({
    keyWrap: {
      wrap: (wrappingKey, key) => keyWrap.wrap(bek(wrappingKey), key),
      unwrap: (wrappingKey, wrapped) => keyWrap.unwrap(bek(wrappingKey), wrapped),
    },
  })

const SALT = utf8ToBytes('cloudhsm-backup KI')

/** One for each class of candidate keys. */
const candidates: readonly SecurityFault[] = [
  inBytes('§backup.bek', 'encrypts every backup under a key of zeros', () => sealedUnder(() => new Uint8Array(32))),
  inBytes('§backup.bek', 'encrypts every backup under the bytes that count from 0', () =>
    sealedUnder(() => Uint8Array.from({ length: 32 }, (_, at) => at)),
  ),
  inBytes('§boundary.candidates', 'encrypts every backup under the name of the format, filled up with zeros', () =>
    sealedUnder(() => padded(utf8ToBytes('cloudhsm-backup'))),
  ),
  inBytes('§boundary.candidates', 'encrypts every backup under a key that the service holds', () =>
    sealedUnder(() => envelopeKeyOf(1)),
  ),
  inBytes('§boundary.candidates', 'encrypts every backup under a hash of its header', () =>
    sealedUnder(header => sha256(header)),
  ),
  inBytes('§boundary.candidates', "encrypts every backup under what the KDF makes of its snapshot's identifier", () =>
    sealedUnder(header => hmac(sha256, SALT, header.slice(-16))),
  ),
  inBytes('§boundary.candidates', 'encrypts every backup under the first 32 bytes of its header', () =>
    sealedUnder(header => header.slice(0, 32)),
  ),
  inBytes('§boundary.candidates', 'wraps BEKs under a key of ones', () =>
    wrappedAs(() => new Uint8Array(32).fill(0x01)),
  ),
  inBytes('§boundary.candidates', 'derives the wrapping key from no root key at all', () =>
    inHsm({ pbkInputs: source => ({ ...source, mkbk: EMPTY, akbk: null }) }),
  ),
  inBytes('§boundary.candidates', 'gives every channel a key of zeros', () => channelUnder(new Uint8Array(32))),
  inBytes('§boundary.candidates', "gives every channel a hash of the officer's name as its key", () =>
    channelUnder(sha256(utf8ToBytes('CO'))),
  ),
]

/** Secrets that stand somewhere outside. */
const written: readonly SecurityFault[] = [
  inBytes('§boundary.candidates', 'logs the BEK of a backup', loggedBek),
  inBytes('§invariant.plaintext', 'logs the value of a key that it generates, in base64', loggedKey),
  inBytes('§invariant.plaintext', 'logs passwords', () => logged(password => password)),
  inBytes('§invariant.plaintext', 'logs passwords backwards', () => logged(reversed)),
  inBytes('§invariant.plaintext', 'logs passwords in UTF-16', () =>
    logged(password => [...password].map(letter => `\0${letter}`).join('')),
  ),
  inBytes('§invariant.plaintext', 'logs one half of a password, and the other in the next entry', loggedInHalves),
  inBytes('§invariant.plaintext', 'answers DescribeClusters with a password in base64url', () =>
    answered(password => btoa(`>?${password}`).replaceAll('+', '-').replaceAll('/', '_')),
  ),
  inBytes('§invariant.plaintext', 'answers DescribeClusters with a password in upper-case hex', () =>
    answered(password => bytesToHex(utf8ToBytes(password)).toUpperCase()),
  ),
  inBytes('§invariant.plaintext', 'throws an error that shows what a backup with a wrong tag decrypts to', thrown),
  inBytes('§backup.wrapped', 'leaves the BEK as it is where it should be wrapped', () =>
    inHsm({
      keyWrap: {
        wrap: (_, key) => concatBytes(key, new Uint8Array(8)),
        unwrap: (_, wrapped) => wrapped.slice(0, 32),
      },
    }),
  ),
  inBytes('§backup.bek', 'keeps one BEK and one nonce for all backups', () =>
    inHsm({ drawBek: () => sha256(utf8ToBytes('a BEK')), drawNonce: () => new Uint8Array(12) }),
  ),
]

export const byteFaults: readonly SecurityFault[] = [...candidates, ...written]
