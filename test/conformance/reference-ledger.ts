/** How the suite hears of what is sealed inside the reference: collaborators that tell the ledger of the target that is being asked. */
import { createLedger, defaultParts, type AccountParts, type Ledger } from '../../impl/index.ts'

type Parts = AccountParts['hsm']

/** Factories are kept by the parts that they were made with, so each parts are made to tell once. */
const telling = new WeakMap<Parts, Parts>()
let listening: Ledger | null = null

/** The same parts, which tell whoever listens. */
export const tellingParts = (parts: Partial<AccountParts> = {}): Partial<AccountParts> => {
  const own = parts.hsm ?? defaultParts
  const known = telling.get(own) ?? {
    ...own,
    noteSealing: (...sealed) => {
      own.noteSealing(...sealed)
      listening?.note(...sealed)
    },
  }
  telling.set(own, known)
  return { ...parts, hsm: known }
}

/** The ledger of a new target, under a key made of its seed. */
export const ledgerOf = (seed: Uint8Array): Ledger => createLedger(seed)

/** Does something that the ledger hears of; a look at a copy of an HSM, which nobody else gets, is not told. */
export const hearing = <T>(ledger: Ledger, doing: () => T): T => {
  listening = ledger
  try {
    return doing()
  } finally {
    listening = null
  }
}
