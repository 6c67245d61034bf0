/** Comparing the contents of an HSM with what they should be, part by part. */
import { EMPTY, PARTS, type Contents, type Part } from '../../model/index.ts'
import type { Memory } from './memory.ts'
import { PASSWORDS } from './bearings.ts'
import type { ObservedContents, UserName } from './port.ts'
import type { Secrets } from './secrets.ts'

/** A part of an HSM's contents that is not as it should be. */
export interface PartDifference {
  readonly part: Part
  readonly expected: string
  readonly actual: string
  /** The part is there, with the right label, and computes something else. */
  readonly computes: boolean
  /** The clause that is broken whatever step led to it; absent where that depends on the step. */
  readonly clause?: string
}

const OFFICERS = ['CO', 'CO2', 'CO3'] as const satisfies readonly UserName[]
const USERS = [...OFFICERS, 'CU'] as const satisfies readonly UserName[]

/** Names of the users that there should be, sorted. */
export const usersOf = (contents: Contents): readonly string[] => {
  const first = contents.configuration === 0 ? ['AU', 'PRECO'] : ['AU']
  return [...first, ...USERS.filter(user => contents[PASSWORDS[user].part] !== 0)].toSorted()
}

const difference = (part: Part, expected: string, actual: string): readonly PartDifference[] =>
  expected === actual ? [] : [{ part, expected, actual, computes: false }]

/** The parts that differ. What tokens stand for is learned when it is first seen, and must not change afterwards. */
export const partsThatDiffer = (
  memory: Memory,
  secrets: Secrets,
  expected: Contents,
  actual: ObservedContents,
): readonly PartDifference[] => {
  const label = expected.configuration === 0 ? '' : secrets.of('label', expected.configuration)
  return [
    ...difference('users', usersOf(expected).join(' '), actual.users.toSorted().join(' ')),
    ...passwordsThatDiffer(secrets, expected, actual),
    ...signersThatDiffer(secrets, expected, actual),
    ...keysThatDiffer(memory, secrets, expected, actual),
    ...certificateThatDiffers(memory, expected, actual),
    ...difference('policies', String(expected.policies), String(actual.policy)),
    ...difference('quorum', String(expected.quorum), String(actual.quorum)),
    ...difference('configuration', named(label), named(actual.label)),
  ]
}

/** The passwords that let in whom they should not, or not whom they should; of who is locked out nothing can be said. */
const passwordsThatDiffer = (
  secrets: Secrets,
  expected: Contents,
  { passwords, locked }: ObservedContents,
): readonly PartDifference[] =>
  USERS.flatMap(user => {
    const { part, purpose } = PASSWORDS[user]
    if (passwords === undefined || expected[part] === 0 || locked.includes(user)) return []
    const actual = passwords[user] ?? []
    const accepts = (given: readonly string[]) =>
      `${user} let in with ${given.length === 0 ? 'no password given' : `password ${given.map(shortened).join(' and ')}`}`
    const found = difference(part, accepts([secrets.of(purpose, expected[part])]), accepts(actual))
    return actual.length > 1 ? found.map(each => ({ ...each, clause: '§user.login.failure' })) : found
  })

/** The officers whose public key is not the one that they sign for. */
const signersThatDiffer = (
  secrets: Secrets,
  expected: Contents,
  { publicKeys }: ObservedContents,
): readonly PartDifference[] =>
  OFFICERS.flatMap(user => {
    const { part } = PASSWORDS[user]
    const say = (key: string | undefined) => `${user} signs for ${key?.slice(0, 16) ?? 'nothing'}`
    return expected[part] === 0 ? [] : difference(part, say(secrets.signer(user).publicKey), say(publicKeys[user]))
  })

const shortened = (secret: string): string => secret.slice(0, 8)

const named = (label: string): string => (label === '' ? 'no label' : `label ${shortened(label)}`)

const keysThatDiffer = (
  memory: Memory,
  secrets: Secrets,
  { users, keys }: Contents,
  actual: ObservedContents,
): readonly PartDifference[] => {
  // Keys are seen by the crypto user; without one, or where he is locked out, nobody can look.
  const expected = keys === 0 || users === 0 || actual.locked.includes('CU') ? [] : [secrets.of('key', keys)]
  const labels = actual.keys.map(key => key.label)
  const [first] = actual.keys
  if (expected.join() !== labels.join() || first === undefined)
    return difference('keys', expected.map(named).join() || 'none', labels.map(named).join() || 'none')
  const contradiction = memory.checks.learn(`${keys} zeros`, first.check)
  if (contradiction === null) return []
  const value = contradiction.kind === 'another value' ? contradiction.value : 'a value of its own'
  return [{ part: 'keys', expected: `a key that computes ${value}`, actual: first.check, computes: true }]
}

const certificateThatDiffers = (
  memory: Memory,
  { certificates }: Contents,
  { certificate }: ObservedContents,
): readonly PartDifference[] => {
  if (certificates === 0 || certificate === '')
    return difference('certificates', certificates === 0 ? 'none' : 'some', certificate === '' ? 'none' : 'some')
  const contradiction = memory.fingerprints.learn(String(certificates), certificate)
  if (contradiction === null) return []
  const expected = contradiction.kind === 'another value' ? contradiction.value : 'a certificate of its own'
  return difference('certificates', expected, certificate)
}

/** Whether what is seen is what these contents look like; learns nothing. */
export const looksLike = (secrets: Secrets, contents: Contents, actual: ObservedContents): boolean =>
  usersOf(contents).join(' ') === actual.users.toSorted().join(' ') &&
  passwordsThatDiffer(secrets, contents, actual).length === 0 &&
  contents.policies === actual.policy &&
  contents.quorum === actual.quorum &&
  (contents.configuration === 0 ? '' : secrets.of('label', contents.configuration)) === actual.label &&
  (contents.keys === 0 || contents.users === 0 || actual.locked.includes('CU')
    ? ''
    : secrets.of('key', contents.keys)) === actual.keys.map(({ label }) => label).join() &&
  (contents.certificates === 0) === (actual.certificate === '')

/** The first part in which two contents differ; null for equal ones. */
export const firstPartOf = (one: Contents, other: Contents): Part | null =>
  (Object.keys(PARTS) as Part[]).find(part => one[part] !== other[part]) ?? null

export const isInitial = (secrets: Secrets, actual: ObservedContents): boolean => looksLike(secrets, EMPTY, actual)
