/** Names of things: ids in AWS's patterns, drawn. */
import type { Draw } from '../hsm/index.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const ID_LENGTH = 11

/** `kind-` and 11 characters of lower-case base32, which all of AWS's patterns admit. */
export const newId = (draw: Draw, kind: 'cluster' | 'hsm' | 'backup'): string =>
  `${kind}-${[...draw(ID_LENGTH)].map(byte => BASE32.charAt(byte & 31)).join('')}`
