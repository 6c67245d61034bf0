/** Who asks, and what an account may know of a backup: facts that SPEC.md's clauses about sharing speak of. */
import { CUSTOMER, type AccountId } from '../model/index.ts'
import type { Backup } from './facts.ts'

type Asking = { readonly input: { readonly account?: AccountId } }

/** Who asks. */
export const asker = ({ input: { account = CUSTOMER } }: Asking): AccountId => account

/** It is the backup of whoever asks. */
export const isOwners = (asking: Asking, backup: Backup | undefined): boolean =>
  backup?.context.account === asker(asking)

/** It is another account's, which does not share it. */
export const isHidden = (asking: Asking, backup: Backup | undefined): boolean =>
  isKept(backup) && !isOwners(asking, backup) && backup?.context.shared === false

/** It is another account's, which shares it. */
export const isLent = (asking: Asking, backup: Backup | undefined): boolean =>
  isKept(backup) && !isOwners(asking, backup) && backup?.context.shared === true

/** There is a backup. */
export const isKept = (backup: Backup | undefined): boolean => backup !== undefined && backup.value !== 'vacant'
