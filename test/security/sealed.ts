/** Many ciphertexts of one implementation, as the statistical tests want them: backups of one HSM, and the records of a story. */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { createFactory, defaultParts, parseBackup, type AccountParts } from '../../impl/index.ts'
import type { SecurityFault } from './fault.ts'
import { unlikely } from './statistics.ts'
import { tellStory } from './story.ts'

const BACKUPS = 200

/** The encrypted contents of backups of one HSM, tags included. */
export const backupsUnder = (parts: Partial<AccountParts>, seed = 1): readonly Uint8Array[] => {
  const entropy = sha256(utf8ToBytes(`statistics ${seed}`))
  const hsm = createFactory(entropy, parts.hsm ?? defaultParts).fleet({ line: 'hsm2m', mode: 'FIPS', entropy })
  hsm.provision()
  return Array.from({ length: BACKUPS }, () => {
    const backup = hsm.backup()
    const parsed = backup.ok ? parseBackup(backup.value) : null
    if (parsed === null) throw new Error('expected a backup')
    return parsed.sealed
  })
}

/** The records of a story. */
export const recordsUnder = (parts: Partial<AccountParts>, seed = 1): readonly Uint8Array[] =>
  tellStory(parts, seed)
    .left.filter(({ channel }) => channel === 'record')
    .map(({ bytes }) => bytes)

/** What the statistics say of an implementation; null where chance explains all. */
export const foundInStatistics = (parts: Partial<AccountParts>): string | null => {
  for (const [what, texts] of [
    ['backups', backupsUnder(parts)],
    ['records', recordsUnder(parts)],
  ] as const) {
    const found = unlikely(texts)
    if (found !== null) return `${found.name}, of ${what}: p = ${found.p.toExponential(1)}`
  }
  return null
}

/** A fault that statistics should show. */
export const inStatistics = (clause: string, what: string, parts: () => Partial<AccountParts>): SecurityFault => ({
  clause,
  what,
  check: 'bytes',
  found: () => {
    const found = foundInStatistics(parts())
    return Promise.resolve(found === null ? null : `${clause}: not random are the ${found}`)
  },
})
