/** Security faults that the bytes which leave should show: keys that anybody could try, and secrets that are written down somewhere. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { defaultParts } from '../../impl/index.ts'
import {
  answered,
  channelUnder,
  EMPTY,
  inHsm,
  kept,
  logged,
  loggedBek,
  loggedInHalves,
  loggedKey,
  filledUp,
  padded,
  passwordIn,
  reversed,
  sealedUnder,
  thrown,
  wrappedAs,
} from './bytes-broken.ts'
import { inBytes } from './bytes-judge.ts'
import type { SecurityFault } from './fault.ts'
import { inStatistics } from './sealed.ts'
import { envelopeKeyOf } from './story.ts'

/** Blocks of 32 bytes that look random. */
const keystream = (key: Uint8Array, blocks: number): Uint8Array =>
  concatBytes(...Array.from({ length: blocks }, (_, at) => hmac(sha256, key, Uint8Array.of(at))))

const SALT = utf8ToBytes('cloudhsm-backup KI')

/** One for each class of candidate keys. */
const candidates: readonly SecurityFault[] = [
  inBytes('§backup.bek', 'encrypts every backup under a key of zeros', () => sealedUnder(() => new Uint8Array(32))),
  inBytes('§backup.bek', 'encrypts every backup under the bytes that count from 0', () =>
    sealedUnder(() => Uint8Array.from({ length: 32 }, (_, at) => at)),
  ),
  inBytes('§boundary.candidates', 'encrypts every backup under the name of the format, filled up with zeros', () =>
    sealedUnder(() => filledUp(utf8ToBytes('cloudhsm-backup'))),
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

/** Keys that seal two texts under one nonce. */
const reused: readonly SecurityFault[] = [
  inBytes('§boundary.nonce', 'gives all sessions of an HSM one key', () =>
    inHsm({ sessionKey: secret => defaultParts.sessionKey(secret, 0, EMPTY) }),
  ),
  inBytes('§boundary.nonce', "encrypts with a customer's key under a nonce of zeros", () =>
    inHsm({
      encryptWith: (key, _, plaintext) => defaultParts.encryptWith(key, length => new Uint8Array(length), plaintext),
    }),
  ),
]

/** Secrets that can be read off an object. */
const shown: readonly SecurityFault[] = [
  inBytes('§boundary.objects', 'keeps the latest BEK in a property', () =>
    kept(place => ({
      drawBek: draw => {
        const bek = defaultParts.drawBek(draw)
        place.secret = bek.slice()
        return bek
      },
    })),
  ),
  inBytes('§boundary.objects', 'keeps the latest password behind a getter', () =>
    kept(place => ({
      auditEntry: (entry, command) => {
        const password = passwordIn(command)
        if (password !== null)
          place.secret = Object.create({
            get last() {
              return { password }
            },
          }) as unknown
        return entry
      },
    })),
  ),
]

/** Ciphertexts that are not as good as random. */
const patterned: readonly SecurityFault[] = [
  inStatistics('§backup.sealed', 'encrypts a backup with a pad of 32 bytes that repeats', () =>
    padded((key, nonce) => hmac(sha256, key, nonce)),
  ),
  inStatistics('§backup.sealed', 'encrypts all backups with one pad', () =>
    padded(() => keystream(utf8ToBytes('a pad'), 64)),
  ),
]

export const byteFaults: readonly SecurityFault[] = [...candidates, ...written, ...reused, ...shown, ...patterned]
