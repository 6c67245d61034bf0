/** How long backups are kept: the policies that a cluster may have, and the ages that are told apart. All in days. */

/** The policy of a cluster that was created without asking for one. */
export const DEFAULT_RETENTION = 90

const SHORTEST = 7
const LONGEST = 379

/** A policy that a cluster may have. */
export const isOffered = (days: number): boolean => Number.isInteger(days) && days >= SHORTEST && days <= LONGEST

/** What a backup grows older by when `Elapse` lets time pass. */
const ELAPSED = 7

/** Beyond this age nothing is told apart: no policy whose end is seen is longer. */
const OLDEST = 14

export const isGrowing = (age: number): boolean => age < OLDEST
export const grown = (age: number): number => age + ELAPSED
