/** Puts a broken implementation to the fixed story, and what leaves to the watch: first from outside, then with a spy inside. */
import type { AccountParts } from '../../impl/index.ts'
import { createWatch, leakInTheEnd, leakOf, reuseIn } from '../conformance/index.ts'
import type { SecurityFault } from './fault.ts'
import { reachedFrom } from './reach.ts'
import { spied } from './spy.ts'
import { envelopeKeyOf, tellStory, type Told } from './story.ts'

const SEED = 1

/** What the watch says of a story, given what the customer has to keep to itself, and what a spy has told. */
const watched = ({ left, customer, sealings }: Told, secrets: readonly Uint8Array[]): string | null => {
  const watch = createWatch()
  // What the service holds, it can try.
  watch.samples.strings.add(String.fromCharCode(...envelopeKeyOf(SEED)))
  const secret = [...Object.values(customer), ...secrets]
  const leak = leakOf(watch, secret, left) ?? reuseIn(watch, sealings) ?? leakInTheEnd(watch)
  return leak === null ? null : `${leak.clause}: ${leak.what}`
}

/** Where a secret can be read off an object; null where it cannot. */
export const shownBy = (name: string, root: unknown, secrets: readonly (string | Uint8Array)[]): string | null => {
  const { scanner } = createWatch()
  for (const secret of secrets) scanner.add(secret)
  const shown = reachedFrom(name, root).find(({ path, bytes }) => scanner.scan(path, bytes) !== null)
  return shown === undefined ? null : `§boundary.objects: a secret can be read at ${shown.path}`
}

/** What the check over bytes finds of an account with these collaborators; null where it finds nothing. */
export const foundInBytes = (parts: Partial<AccountParts>): string | null => {
  const outside = watched(tellStory(parts, SEED), [])
  if (outside !== null) return outside
  const { parts: watching, secrets } = spied(parts)
  const told = tellStory(watching, SEED)
  return watched(told, secrets) ?? shownBy('account', told.account, [...Object.values(told.customer), ...secrets])
}

/** A fault that the bytes which leave should show. */
export const inBytes = (clause: string, what: string, parts: () => Partial<AccountParts>): SecurityFault => ({
  clause,
  what,
  check: 'bytes',
  found: () => Promise.resolve(foundInBytes(parts())),
})
