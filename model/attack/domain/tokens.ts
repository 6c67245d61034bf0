/** The values that stand for secrets in a replay: each secret of each cluster, and each password of the attacker, has its own. */

const FIRST = { fips: 100, nonfips: 200 } as const

/** Values of one cluster, by what they stand for. */
export const tokensOf = (cluster: string) => {
  const first = FIRST[cluster as keyof typeof FIRST]
  return {
    certificate: first + 1,
    officerBefore: first + 2,
    userBefore: first + 3,
    key: first + 4,
    officerNow: first + 5,
    userNow: first + 6,
  }
}

/** A password that the attacker chooses. */
export const CHOSEN = 7

/** What stands for the password of a role in an era. */
export const passwordOf = (cluster: string, role: string, era: string): number => {
  const { officerBefore, userBefore, officerNow, userNow } = tokensOf(cluster)
  if (role === 'CO') return era === 'before' ? officerBefore : officerNow
  return era === 'before' ? userBefore : userNow
}

/** The passwords, by cluster, that whoever has these capabilities has kept. */
export const formerWith = (capabilities: readonly string[]): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    Object.keys(FIRST).map(cluster => [
      cluster,
      [
        ...(capabilities.includes('old-user') ? [passwordOf(cluster, 'CU', 'before')] : []),
        ...(capabilities.includes('old-officer') ? [passwordOf(cluster, 'CO', 'before')] : []),
      ],
    ]),
  )

/** The classes of firmware that whoever has these capabilities can sign. */
export const signsWith = (capabilities: readonly string[]): readonly string[] =>
  ['production', 'other'].filter(name => capabilities.includes(`${name}-key`))
