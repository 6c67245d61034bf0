/** What anybody could open: the candidates that are public by the end of a run, tried on samples of what has left. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { CONSTANTS, candidatesOf, windowsOf, type Candidate } from './bytes-candidates.ts'
import { PUBLISHED, publicIn } from './bytes-public.ts'
import { opens, unwraps, type Ciphertext } from './bytes-trial.ts'
import { readSealedBackup, type SealedBackup } from './cbor.ts'
import type { Emission } from './port.ts'

/** What a run keeps to try keys on in the end, and what was public in it. */
export interface Samples {
  /** The first of each channel, by channel. */
  readonly sealed: Map<string, Emission>
  /** The first two records: a command and its answer. */
  readonly records: Emission[]
  /** Strings in the clear, a character for a byte. */
  readonly strings: Set<string>
  /** Pairs of byte strings of one certificate's message, of which a channel key could be made. */
  readonly agreements: Set<string>
}

export const createSamples = (): Samples => ({
  sealed: new Map(),
  records: [],
  strings: new Set(PUBLISHED),
  agreements: new Set(),
})

const SEPARATOR = '\0\0'

/** Keeps what an emission shows, or is a sample of. */
export const keep = ({ sealed, records, strings, agreements }: Samples, emission: Emission): void => {
  const { channel, from, bytes } = emission
  strings.add(from)
  if (channel === 'backup' || channel === 'synchronisation') {
    if (!sealed.has(channel)) sealed.set(channel, emission)
  } else if (channel === 'record') {
    if (records.length < 2) records.push(emission)
  } else {
    const shown = publicIn(bytes)
    for (const text of shown) strings.add(text)
    if (channel === 'certificate') agreements.add(shown.filter(({ length }) => length >= 8).join(SEPARATOR))
  }
}

/** How a key was found, and on what. */
export interface Opened {
  readonly emission: Emission
  readonly by: Candidate
  readonly how: 'opens' | 'is unwrapped'
}

const LABELS = [
  ['FIPS', 'hsm1'],
  ['FIPS', 'hsm2m'],
  ['NON_FIPS', 'hsm1'],
  ['NON_FIPS', 'hsm2m'],
] as const

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0))

/** The mode and the line of a header, which stand in it as texts. */
const labelOf = ({ header }: SealedBackup): readonly [mode: string, line: string] => {
  const text = latin1(header)
  return LABELS.findLast(([mode, line]) => text.includes(mode) && text.includes(line)) ?? LABELS[1]
}

/** Many runs of one seed begin alike: of the latest samples it is kept which public strings gave no key to them. */
const KEPT = 256
const inVain = new Map<string, Set<string>>()

/** Tries what one string gives, for each string that was not tried on this sample before; `find` answers the key that opens it. */
const search = (
  { channel, bytes }: Emission,
  texts: Iterable<string>,
  find: (text: string) => Candidate | undefined,
): Candidate | null => {
  const name = `${channel} ${latin1(bytes)}`
  const tried = inVain.get(name) ?? new Set<string>()
  if (inVain.size >= KEPT && !inVain.has(name)) inVain.clear()
  inVain.set(name, tried)
  for (const text of texts) {
    if (tried.has(text)) continue
    const found = find(text)
    if (found !== undefined) return found
    tried.add(text)
  }
  return null
}

/** What every sample is tried with once, beside public strings. */
const ONCE = '\0constants'

/** The first key that opens a backup, as its BEK or as what its BEK is wrapped under. */
const openedBackup = ({ strings }: Samples, emission: Emission): Opened | null => {
  const backup = readSealedBackup(emission.bytes)
  if (backup === null) return null
  const [mode, line] = labelOf(backup)
  const { header, nonce, wrapped, sealed, snapshot } = backup
  const own = [header, header.subarray(-snapshot.length / 2), nonce, wrapped].map(latin1)
  const text: Ciphertext = { nonce, associated: header, sealed, holds: 'contents' }
  const candidatesFor = (from: string) => (from === ONCE ? CONSTANTS : candidatesOf(from, mode, line))
  const texts = [ONCE, snapshot, ...own, ...strings]
  const bek = search(emission, texts, from => {
    const windows = from === ONCE ? windowsOf(backup) : []
    return [...candidatesFor(from), ...windows].find(candidate => opens(candidate, text))
  })
  if (bek !== null) return { emission, by: bek, how: 'opens' }
  const wrapping = { ...emission, bytes: wrapped }
  const pbk = search(wrapping, texts, from => candidatesFor(from).find(candidate => unwraps(candidate, backup)))
  return pbk === null ? null : { emission, by: pbk, how: 'is unwrapped' }
}

const EMPTY = new Uint8Array(0)

/** A direction and a counter that is 0 (SPEC.md §14). */
const nonceOf = (direction: 1 | 2): Uint8Array => Uint8Array.of(0, 0, 0, direction, 0, 0, 0, 0, 0, 0, 0, 0)
const NONCES = [nonceOf(1), nonceOf(2)]

/** What a careless HSM could make a channel key of: two public strings of an agreement. */
const agreed = (agreement: string): readonly Candidate[] => {
  const parts = agreement.split(SEPARATOR).map(bytesOf)
  return parts.flatMap(one =>
    parts.flatMap(other => [
      { kind: 'derived' as const, key: hmac(sha256, one, other) },
      { kind: 'hash' as const, key: sha256(concatBytes(one, other)) },
    ]),
  )
}

const openedRecord = ({ strings, agreements }: Samples, emission: Emission): Opened | null => {
  const candidatesFor = (from: string): readonly Candidate[] => {
    if (from === ONCE) return CONSTANTS
    return agreements.has(from) ? agreed(from) : candidatesOf(from, 'FIPS', 'hsm2m')
  }
  const by = search(emission, [ONCE, ...agreements, ...strings], from =>
    candidatesFor(from).find(candidate =>
      NONCES.some(nonce => opens(candidate, { nonce, associated: EMPTY, sealed: emission.bytes, holds: 'message' })),
    ),
  )
  return by === null ? null : { emission, by, how: 'opens' }
}

/** The first of what has left that a candidate opens; null where none does. */
export const openedBy = (samples: Samples): Opened | null => {
  for (const emission of [...samples.sealed.values(), ...samples.records]) {
    const opened = emission.channel === 'record' ? openedRecord(samples, emission) : openedBackup(samples, emission)
    if (opened !== null) return opened
  }
  return null
}
