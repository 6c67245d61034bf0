/** How implementations are broken whose bytes should show it: collaborators that encrypt under weak keys, or write secrets down. */
import { ctr } from '@noble/ciphers/aes.js'
import { equalBytes } from '@noble/ciphers/utils.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import {
  defaultClientParts,
  defaultParts,
  defaultServiceParts,
  type AccountParts,
  type Command,
  type Parts,
} from '../../impl/index.ts'

type Keying = (header: Uint8Array, bek: Uint8Array) => Uint8Array

export const inHsm = (parts: Partial<Parts>): Partial<AccountParts> => ({ hsm: { ...defaultParts, ...parts } })

const { bulk, keyWrap, records } = defaultParts
export const EMPTY = new Uint8Array(0)

export const filledUp = (bytes: Uint8Array): Uint8Array => {
  const key = new Uint8Array(32)
  key.set(bytes.subarray(0, 32))
  return key
}

/** Backups are encrypted under a key of another making than the one that is wrapped. */
export const sealedUnder = (keyOf: Keying): Partial<AccountParts> =>
  inHsm({
    bulk: {
      seal: (bek, nonce, header, plaintext) => bulk.seal(keyOf(header, bek), nonce, header, plaintext),
      open: (bek, nonce, header, sealed) => bulk.open(keyOf(header, bek), nonce, header, sealed),
    },
  })

const exclusive = (text: Uint8Array, padAt: (at: number) => number): Uint8Array =>
  text.map((byte, at) => byte ^ padAt(at))

/** Backups are the text under a pad, and a tag that covers it. */
export const padded = (padFor: (key: Uint8Array, nonce: Uint8Array) => Uint8Array): Partial<AccountParts> => {
  const tagOf = (key: Uint8Array, nonce: Uint8Array, header: Uint8Array, text: Uint8Array): Uint8Array =>
    bulk.seal(key, nonce, concatBytes(header, text), EMPTY)
  const under = (key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array => {
    const pad = padFor(key, nonce)
    return exclusive(text, at => pad[at % pad.length] ?? 0)
  }
  return inHsm({
    bulk: {
      seal: (key, nonce, header, plaintext) =>
        concatBytes(under(key, nonce, plaintext), tagOf(key, nonce, header, plaintext)),
      open: (key, nonce, header, sealed) => {
        const plaintext = under(key, nonce, sealed.slice(0, -16))
        return equalBytes(tagOf(key, nonce, header, plaintext), sealed.slice(-16)) ? plaintext : null
      },
    },
  })
}

/** Both ends of the channel use a key of their own. */
export const channelUnder = (key: Uint8Array): Partial<AccountParts> => {
  const cipher: Parts['records'] = {
    seal: (_, nonce, plaintext) => records.seal(key, nonce, plaintext),
    open: (_, nonce, record) => records.open(key, nonce, record),
  }
  return { hsm: { ...defaultParts, records: cipher }, client: { ...defaultClientParts, records: cipher } }
}

export const passwordIn = (command: Command | null): string | null =>
  command !== null && 'password' in command ? command.password : null

/** What a command's password is logged as, in the place of the user's name. */
export const logged = (write: (password: string) => string): Partial<AccountParts> =>
  inHsm({
    auditEntry: (entry, command) => {
      const password = passwordIn(command)
      return password === null ? entry : { ...entry, user: write(password) }
    },
  })

export const reversed = (text: string): string => [...text].reverse().join('')

/** The latest BEK in the log. */
export const loggedBek = (): Partial<AccountParts> => {
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
export const loggedKey = (): Partial<AccountParts> => {
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
export const loggedInHalves = (): Partial<AccountParts> => {
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
export const answered = (write: (password: string) => string): Partial<AccountParts> => {
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

export const thrown = (): Partial<AccountParts> =>
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

export const wrappedAs = (bek: (wrappingKey: Uint8Array) => Uint8Array): Partial<AccountParts> =>
  inHsm({
    keyWrap: {
      wrap: (wrappingKey, key) => keyWrap.wrap(bek(wrappingKey), key),
      unwrap: (wrappingKey, wrapped) => keyWrap.unwrap(bek(wrappingKey), wrapped),
    },
  })

/** The latest of a kind of secret, where whoever has the factory finds it. */
export const kept = (keep: (keptAt: { secret?: unknown }) => Partial<Parts>): Partial<AccountParts> => {
  const place: { secret?: unknown } = {}
  // A program may add what it likes to the object that holds its collaborators.
  return inHsm({ ...keep(place), ...({ place } as object) })
}
