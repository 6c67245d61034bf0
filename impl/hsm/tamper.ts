/** The response to tampering: everything that is secret goes at once, and what whoever opened the unit finds is nothing. */
import { clean } from '@noble/ciphers/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { digestContents } from './contents.ts'
import { wipeSessions } from './sessions.ts'
import type { UnitState } from './unit.ts'

const rootsOf = ({ roots: { fused, akbk }, loaded }: Pick<UnitState, 'roots' | 'loaded'>): readonly Uint8Array[] => [
  ...Object.values(fused),
  ...(akbk === null ? [] : [akbk]),
  ...loaded.map(({ share }) => share),
]

const identityOf = ({ identity }: Pick<UnitState, 'identity'>): readonly Uint8Array[] =>
  identity === null ? [] : [identity.pair.privateKey]

/** The unit without contents and keys; the bytes of root and wrapping keys are wiped. §hardware.tamper */
export const zeroise = (unit: UnitState): UnitState => {
  clean(...rootsOf(unit), ...unit.handles.map(({ pbk }) => pbk), ...identityOf(unit))
  wipeSessions(unit)
  return {
    ...unit,
    roots: { fused: {}, akbk: null },
    loaded: [],
    identity: null,
    mode: null,
    installed: null,
    handles: [],
    contents: null,
    failures: [],
    before: null,
    tombstones: [],
    tokens: [],
    generator: { key: new Uint8Array(32), v: new Uint8Array(32), counter: 1 },
    ephemeral: null,
    sessions: [],
  }
}

/** A digest of all contents and keys that whoever opens the unit finds, in hex; empty when nothing is left. */
export const remainsOf = ({ handles, contents, before, ...unit }: UnitState): string => {
  const keys = [...rootsOf(unit), ...identityOf(unit), ...handles.map(({ pbk }) => pbk)].filter(key =>
    key.some(byte => byte !== 0),
  )
  const held = [contents, before].filter(one => one !== null)
  const found = [...keys, ...held.map(one => utf8ToBytes(digestContents(one)))]
  return found.length === 0 ? '' : bytesToHex(sha256(concatBytes(...found)))
}
