/** Single tenancy: an HSM never holds what is not its cluster's. */
import { always, sometimes, type Property } from './property.ts'
import type { StateReads } from './reads.ts'

/** The certificate in an HSM's contents, which no two clusters share unless one was created from a backup of the other. */
const held = ({ hsm }: Pick<StateReads, 'hsm'>, slot: number): number => hsm[slot]?.context.contents.certificates ?? 0

export const tenancy: readonly Property[] = [
  always({
    id: '§hsm.tenant',
    says: 'An HSM that has a certificate in its contents has that of its own cluster.',
    reads: ['cluster', 'hsm'],
    each: 'hsm',
    holds: (state, slot) => {
      const home = state.hsm[slot]?.context.cluster ?? null
      return (
        held(state, slot) === 0 || (home !== null && state.cluster[home]?.context.certificate === held(state, slot))
      )
    },
  }),
  sometimes({
    id: '§hsm.tenant',
    says: 'Two HSMs have the contents of two clusters.',
    reads: ['hsm'],
    reached: state =>
      new Set([...state.hsm.keys()].map(slot => held(state, slot)).filter(token => token !== 0)).size > 1,
  }),
]
