/** Implementations that keep every secret and let the service tell two runs apart by it: in lengths, order, counts, codes, time. */
import { gcm } from '@noble/ciphers/aes.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { defaultClientParts, defaultParts, type AccountParts, type ClientParts, type Parts } from '../../impl/index.ts'
import { pairOf, twoRuns, type Difference } from '../conformance/index.ts'
import type { SecurityFault } from './fault.ts'
import { stories } from './two-run-stories.ts'

/** What the service tells two runs of an implementation apart by, if it can; null where it cannot. */
export const foundIn = async (parts: Partial<AccountParts>): Promise<string | null> => {
  const options = { seed: 1, stories, walks: 0, length: 0, isShrunk: false }
  const { found } = await twoRuns({ pair: pairOf(parts), ...options })
  return found === null ? null : `${found.difference.kind}: ${found.difference.what}`
}

/** A leak that is planted in the implementation, and the kind of difference by which it is found. */
export interface PlantedLeak extends SecurityFault {
  readonly kind: Difference['kind']
  readonly parts: Partial<AccountParts>
}

const leak = (clause: string, kind: PlantedLeak['kind'], what: string, parts: Partial<AccountParts>): PlantedLeak => ({
  clause,
  what,
  check: 'two-run',
  kind,
  parts,
  found: () => foundIn(parts),
})
const inside = (parts: Partial<Parts>): Partial<AccountParts> => ({ hsm: { ...defaultParts, ...parts } })
const outside = (parts: Partial<ClientParts>): Partial<AccountParts> => ({
  client: { ...defaultClientParts, ...parts },
})

const { auditEntry, bulk, isLocked, records } = defaultParts
const BLOCK = 256

/** Records without their padding, which is put back when they are opened. */
const bare: Parts['records'] = {
  seal: (key, nonce, plaintext) =>
    gcm(key, nonce).encrypt(
      plaintext.slice(
        0,
        plaintext.findLastIndex(byte => byte !== 0),
      ),
    ),
  open: (key, nonce, record) => {
    const plaintext = records.open(key, nonce, record)
    if (plaintext === null) return null
    const padded = new Uint8Array(Math.ceil((plaintext.length + 1) / BLOCK) * BLOCK)
    padded.set(plaintext)
    padded[plaintext.length] = 0x80
    return padded
  },
}

/** Up to three bytes more at the end, as many as a sum over the contents says. */
const swollen: Parts['bulk'] = {
  seal: (key, nonce, associated, plaintext) => {
    const extra = plaintext.reduce((sum, byte) => sum + byte, 0) % 4
    return concatBytes(bulk.seal(key, nonce, associated, plaintext), new Uint8Array(extra))
  },
  open: (key, nonce, associated, sealed) =>
    [0, 1, 2, 3].reduce<Uint8Array | null>(
      (opened, extra) => opened ?? bulk.open(key, nonce, associated, sealed.slice(0, sealed.length - extra)),
      null,
    ),
}

/** Clients whose logins depend on the key of the channel that they used before. */
const swayed = (choose: (connections: Parameters<ClientParts['choose']>[0], isOdd: boolean) => typeof connections) => {
  let isOdd = false
  return outside({
    records: {
      ...defaultClientParts.records,
      seal: (key, nonce, plaintext) => {
        isOdd = ((key[0] ?? 0) & 1) === 1
        return defaultClientParts.records.seal(key, nonce, plaintext)
      },
    },
    chooseForLogin: connections => choose(connections, isOdd),
  })
}

const passwordIn = (command: Parameters<Parts['auditEntry']>[1]): string =>
  command !== null && 'as' in command && command.as !== null ? command.as.password : ''

export const implementationLeaks: readonly PlantedLeak[] = [
  leak('§channel.length', 'length', 'sends commands and answers without padding', {
    hsm: { ...defaultParts, records: bare },
    client: { ...defaultClientParts, records: bare },
  }),
  leak('§leak.size', 'length', 'makes a backup longer by what a sum over the contents says', inside({ bulk: swollen })),
  leak(
    '§leak.time',
    'order',
    'logs in to the HSMs of a cluster in an order that a bit of the last channel key decides',
    swayed((connections, isOdd) => (isOdd ? connections.toReversed() : connections)),
  ),
  leak(
    '§leak.count',
    'count',
    'logs in once more where a bit of the last channel key is set',
    swayed((connections, isOdd) => (isOdd ? [...connections, ...connections.slice(0, 1)] : connections)),
  ),
  leak(
    '§leak.login',
    'content',
    'logs of a wrong password with which letter it begins',
    inside({
      auditEntry: (entry, command) =>
        entry.response === 'LOGIN_FAILURE' && /^[0-7]/.test(passwordIn(command))
          ? { ...auditEntry(entry, command), response: 'USER_MISSING' }
          : auditEntry(entry, command),
    }),
  ),
  leak(
    '§leak.audit',
    'content',
    'logs who did something with the length of his password',
    inside({ auditEntry: (entry, command) => ({ ...entry, user: `${entry.user} ${passwordIn(command).length}` }) }),
  ),
  leak(
    '§leak.time',
    'count',
    'locks an account as many failures earlier as two bits of its verifier say',
    inside({
      isLocked: (failures, user) => {
        const early = (user.verifier?.hash[0] ?? 0) & 3
        return isLocked(
          failures.map(failure => ({ ...failure, count: failure.count + early })),
          user,
        )
      },
    }),
  ),
  leak(
    '§leak.time',
    'timing',
    'puts the deletion of a key off where a bit of its digest is set',
    inside({ tombstonesOf: deleted => deleted.filter(digest => /[0-7]$/.test(digest)) }),
  ),
  leak(
    '§leak.api',
    'code',
    'refuses a backup with another code where a bit of its BEK is set',
    inside({
      bulk: {
        ...bulk,
        open: (key, nonce, associated, sealed) =>
          bulk.open(key, nonce, associated, sealed) ?? (((key[1] ?? 0) & 1) === 1 ? new Uint8Array(0) : null),
      },
    }),
  ),
]
