/** Puts a broken implementation to the fixed story, and what leaves to the watch: first from outside, then with a spy inside. */
import type { AccountParts } from '../../impl/index.ts'
import { createWatch, leakInTheEnd, leakOf } from '../conformance/index.ts'
import type { SecurityFault } from './fault.ts'
import { spied } from './spy.ts'
import { envelopeKeyOf, tellStory, type Told } from './story.ts'

const SEED = 1

/** What the watch says of a story, given what the customer has to keep to itself, and what a spy has told. */
const watched = ({ left, customer }: Told, secrets: readonly Uint8Array[]): string | null => {
  const watch = createWatch()
  // What the service holds, it can try.
  watch.samples.strings.add(String.fromCharCode(...envelopeKeyOf(SEED)))
  const leak = leakOf(watch, [...Object.values(customer), ...secrets], left) ?? leakInTheEnd(watch)
  return leak === null ? null : `${leak.clause}: ${leak.what}`
}

/** What the check over bytes finds of an account with these collaborators; null where it finds nothing. */
export const foundInBytes = (parts: Partial<AccountParts>): string | null => {
  const outside = watched(tellStory(parts, SEED), [])
  if (outside !== null) return outside
  const { parts: watching, secrets } = spied(parts)
  const told = tellStory(watching, SEED)
  return watched(told, secrets)
}

/** A fault that the bytes which leave should show. */
export const inBytes = (clause: string, what: string, parts: () => Partial<AccountParts>): SecurityFault => ({
  clause,
  what,
  check: 'bytes',
  found: () => Promise.resolve(foundInBytes(parts())),
})
