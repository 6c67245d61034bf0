/** Planted faults of approval: what takes it, the tokens that it is given by, and what becomes of them. */
import { acceptInstead, dropEntries } from '../../../model/index.ts'
import { idle, redirect, type Planted, type PlantedIn } from './fault.ts'

export const quorum: Readonly<Partial<Record<PlantedIn, Planted>>> = {
  'step §quorum.required': ['quorum', acceptInstead('hsm', '§quorum.required')],
  'step §quorum.service': ['quorum', acceptInstead('hsm', '§quorum.service')],
  'step §quorum.few': ['quorum', acceptInstead('hsm', '§quorum.few')],
  'step §quorum.value': ['quorum', acceptInstead('hsm', '§quorum.value')],
  'step §quorum.token.permission': ['outsider', acceptInstead('hsm', '§quorum.token.permission')],
  'step §quorum.token': ['tokens', idle('hsm', 'issueToken')],
  'step §quorum.token.missing': ['tokens', acceptInstead('hsm', '§quorum.token.missing')],
  'step §quorum.approve.once': ['quorum', acceptInstead('hsm', '§quorum.approve.once')],
  'step §quorum.signature': ['quorum', acceptInstead('hsm', '§quorum.signature')],
  'step §quorum.approve': ['quorum', idle('hsm', 'approveToken')],
  'step §quorum.once': ['quorum', idle('hsm', 'useToken')],
  'step §quorum.expire': ['tokens', dropEntries('hsm', '§quorum.expire')],
  'step §quorum.deleted': ['quorum', idle('hsm', 'dropTokensOfUser')],
  'step §quorum.own': [
    'tokens',
    redirect('hsm', '§hsm.delete.backup', 'keeps its tokens while it goes', {
      target: 'DELETE_IN_PROGRESS',
      actions: [],
    }),
  ],
}
