/** What the service sees of a state and of a step, each part with its clause, and what it does not see: the secrets. */
import { PARTS, type Contents, type Part } from './machines/contents.ts'
import type { RuleName } from './input.ts'
import { canonical } from './network/canonical.ts'
import type { KindName, State } from './things.ts'

/** What the service sees, in words, each with the clause that lets it. */
export const SIGHTS = {
  'the size class of each message': '§leak.size',
  'the step in which each message leaves, and what is due': '§leak.time',
  'how many messages leave, and of which HSMs': '§leak.count',
  'who asked an HSM for which operation, and how it answered': '§leak.audit',
  'whether a password was right': '§leak.login',
  'which HSMs hold the key, and which have deleted it': '§leak.digests',
  'that PRECO is there, who needs no password': '§leak.preco',
  'that a cluster has its certificate': '§leak.certificates',
  'what the API answers, and its own hardware': '§leak.api',
  'nothing else of two runs that differ in secrets alone': '§leak.only',
} as const

/** Parts of contents whose values are secrets: the service sees that they are set, and not to what. The quorum is no secret. */
export const SECRET_PARTS: readonly Part[] = (Object.keys(PARTS) as readonly Part[]).filter(part => part !== 'quorum')

/** A field of an input that is a secret, and whose value the service comes to see. */
export interface Release {
  readonly rule: RuleName
  readonly field: string
  readonly values: readonly string[]
  readonly clause: string
}

/** Every such field: two runs are alike only where they agree on it. */
export const RELEASED: readonly Release[] = [
  { rule: 'LogIn', field: 'password', values: ['right', 'wrong'], clause: '§leak.login' },
  { rule: 'ApproveToken', field: 'signature', values: ['right', 'wrong'], clause: '§leak.audit' },
]

type Local = State[KindName][number]

const isSet = (value: number): number => (value === 0 ? 0 : 1)

const lowContents = (contents: Contents): Contents => ({
  ...contents,
  ...Object.fromEntries(SECRET_PARTS.map(part => [part, isSet(contents[part])])),
})

const lowFields = (context: Local['context']): object => ({
  ...context,
  ...('contents' in context && { contents: lowContents(context.contents) }),
  ...('certificate' in context && { certificate: isSet(context.certificate) }),
})

const texts = new WeakMap<Local, string>()

/** A local state without the values of secrets, as text. */
export const lowLocal = (local: Local): string => {
  const known = texts.get(local) ?? canonical([local.value, lowFields(local.context)])
  texts.set(local, known)
  return known
}
