/** Names of things: ids in AWS's patterns, drawn, and addresses in the customer's network, counted. */
import type { Draw } from '../hsm/index.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const ID_LENGTH = 11

/** `kind-` and 11 characters of lower-case base32, which all of AWS's patterns admit. */
export const newId = (draw: Draw, kind: 'cluster' | 'hsm' | 'backup'): string =>
  `${kind}-${[...draw(ID_LENGTH)].map(byte => BASE32.charAt(byte & 31)).join('')}`

/** The first addresses of a subnet are the provider's own. */
const RESERVED = 4

/** The address of the n-th HSM, counted from 0, in 10.0.0.0/8. */
export const addressOf = (n: number): string => {
  const host = n + RESERVED
  return `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`
}
