/** What a run has learned of a target: its ids, what must never change, and values that are only known once they are seen. */
import type { Contents } from '../../model/index.ts'
import type { Tokens } from './tokens.ts'

/** A bijection that fills itself: a value seen for a key belongs to it from then on, and to no other key. */
export interface Bijection {
  /** Null when value and key belong together, or did not occur before; else what contradicts. */
  readonly learn: (key: string, value: string) => Contradiction | null
}
export type Contradiction =
  { readonly kind: 'another value'; readonly value: string } | { readonly kind: 'another key'; readonly key: string }

export const bijection = (): Bijection => {
  const values = new Map<string, string>()
  const keys = new Map<string, string>()
  return {
    learn: (key, value) => {
      const [known, owner] = [values.get(key), keys.get(value)]
      if (known !== undefined && known !== value) return { kind: 'another value', value: known }
      if (owner !== undefined && owner !== key) return { kind: 'another key', key: owner }
      values.set(key, value)
      keys.set(value, key)
      return null
    },
  }
}

/** The memory of one run. */
export interface Memory {
  readonly ids: Map<string, string>
  readonly names: Map<string, string>
  /** Fields that never change once they are seen, by name and field. */
  readonly fixed: Map<string, string>
  /** What each key computes, by token and challenge. */
  readonly checks: Bijection
  /** Fingerprints of cluster certificates, by token. */
  readonly fingerprints: Bijection
  /** Digests of contents, as the bench computes them. */
  readonly digests: Bijection
  /** What QuorumToken answered last, by cluster, officer and service; and every token that any HSM has issued. */
  readonly tokens: Map<string, Tokens>
  readonly issued: Set<string>
  /** Seconds that have passed since the run began, and what they were when a backup was taken, and deleted. */
  elapsed: number
  readonly taken: Map<string, number>
  readonly deleted: Map<string, number>
}

export const createMemory = (): Memory => ({
  ids: new Map(),
  names: new Map(),
  fixed: new Map(),
  checks: bijection(),
  fingerprints: bijection(),
  digests: bijection(),
  tokens: new Map(),
  issued: new Set(),
  elapsed: 0,
  taken: new Map(),
  deleted: new Map(),
})

/** Notes which id a name has. False when the id is another's already. */
export const bind = ({ ids, names }: Memory, name: string, id: string): boolean => {
  if (names.has(id)) return names.get(id) === name
  ids.set(name, id)
  names.set(id, name)
  return true
}

/** Contents as text: equal text, equal contents. */
export const contentsKey = (contents: Contents): string =>
  [
    contents.users,
    contents.officer,
    contents.second,
    contents.third,
    contents.keys,
    contents.certificates,
    contents.policies,
    contents.quorum,
    contents.configuration,
  ].join()

/** The contents of a text. */
export const contentsOfKey = (key: string): Contents => {
  const [users = 0, officer = 0, second = 0, third = 0, ...others] = key.split(',').map(Number)
  const [keys = 0, certificates = 0, policies = 0, quorum = 0, configuration = 0] = others
  return { users, officer, second, third, keys, certificates, policies, quorum, configuration }
}
