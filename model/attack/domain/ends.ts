/** How the end of a run is told: in the state of the account, in what the attacker knows, in what a move has brought about. */
import type { Contents } from '../../machines/contents.ts'
import { archivedIn, heldByService, readable } from '../../secrecy.ts'
import { show, type Term } from '../term.ts'
import { benchContents, contentsOf, type Stage } from './stage.ts'
import { tokensOf } from './tokens.ts'

const isOf = (cluster: string, contents: Contents): boolean => {
  const { certificate, key } = tokensOf(cluster)
  return contents.certificates === certificate && contents.keys === key
}

/** The unit on the bench runs firmware of the attacker's, and holds contents that were sealed in a backup of the cluster. */
const isGivenAway = (stage: Stage, cluster: string): boolean => {
  const contents = benchContents(stage)
  return stage.code === 'evil' && contents !== null && isOf(cluster, contents)
}

/** A backup of the cluster is in the archive, and opens with the keys that hardware has given away. */
const isOpen = ({ account, backups }: Stage, cluster: string): boolean =>
  backups.some(
    ({ slot, contents }) =>
      isOf(cluster, contents) && archivedIn(account, slot).some(outside => readable(outside, heldByService(account))),
  )

/** Contents of the cluster are where the attacker knows the password of one of their users. */
const isLanded = (stage: Stage, cluster: string): boolean => {
  const units = Object.keys(stage.hsms).map(name => contentsOf(stage, name))
  return [...units, benchContents(stage)].some(
    contents =>
      contents !== null &&
      isOf(cluster, contents) &&
      (stage.known.includes(contents.users) || stage.known.includes(contents.officer)),
  )
}

/** The attacker knows the officer's password on the customer's own HSM, which holds this key. */
const isControlled = (stage: Stage, cluster: string, key: number): boolean => {
  const contents = contentsOf(stage, `hsm(${cluster})`)
  return contents?.keys === key && contents.officer !== 0 && stage.known.includes(contents.officer)
}

const clusterIn = (text: string): string => /\bnonfips\b/.exec(text)?.[0] ?? 'fips'

/** Whether the run has come to where the fact says. Who has AKBK and one share of it has the other. */
export const isReached = (stage: Stage, fact: Term): boolean => {
  const text = show(fact)
  if (stage.reached.includes(text)) return true
  const cluster = clusterIn(text)
  const [inner] = fact.args
  if (fact.head === 'lands') return isLanded(stage, cluster)
  if (fact.head === 'activates') return isControlled(stage, cluster, 0)
  if (fact.head === 'commands') return isControlled(stage, cluster, tokensOf(cluster).key)
  if (fact.head !== 'know' || inner === undefined) return false
  if (inner.head === 'akbk' || inner.head === 'share') return heldByService(stage.account).includes('AKBK')
  return (
    ['key', 'imported', 'certkey', 'bek'].includes(inner.head) &&
    (isGivenAway(stage, cluster) || isOpen(stage, cluster))
  )
}
