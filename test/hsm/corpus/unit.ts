/** A unit of hardware that holds the root keys of the corpus, started in a mode. */
import { cborCodec } from '../../../impl/hsm/certificate.ts'
import type { Contents } from '../../../impl/hsm/contents.ts'
import { PLAIN, signFirmware } from '../../../impl/hsm/firmware.ts'
import { createHsm } from '../../../impl/hsm/hardware.ts'
import { defaultParts, generate, instantiate, type Hsm, type Line, type Mode } from '../../../impl/hsm/index.ts'
import { generateKeyPair } from '../../../impl/hsm/signature.ts'
import { newUnit } from '../../../impl/hsm/unit.ts'
import { valueOf } from '../fleet.ts'
import { bytes, type Keys, type Refused } from './form.ts'

const EMPTY = new Uint8Array(0)
const seeded = (n: number) => instantiate(new Uint8Array(32).fill(n), EMPTY)
const pairOf = (n: number) => generateKeyPair(length => generate(seeded(n), length).bytes)
const signers = { production: pairOf(1), other: pairOf(2) }
const firmwareKeys = { production: signers.production.publicKey, other: signers.other.publicKey }
const IMAGES = {
  FIPS: signFirmware(signers.production, 'production', PLAIN),
  NON_FIPS: signFirmware(signers.other, 'other', PLAIN),
}

/** The unit, and the contents that its last restore put into it. */
export interface Seen {
  readonly hsm: Hsm
  readonly held: () => Contents | null
}

export const unitOf = (keys: Keys, line: Line, mode: Mode, lacks: Refused['lacks'] = null): Seen => {
  let held: Contents | null = null
  const parts: typeof defaultParts = {
    ...defaultParts,
    contentsAfterRestore: (current, opened) => (held = defaultParts.contentsAfterRestore(current, opened)),
  }
  const mkbk = (of: Line): Uint8Array => (lacks === 'MKBK' ? new Uint8Array(32).fill(1) : bytes(keys.mkbk[of]))
  const fused = { hsm1: mkbk('hsm1'), ...(line === 'hsm2m' && { hsm2m: mkbk('hsm2m') }) }
  const roots = { fused, akbk: lacks === 'AKBK' ? null : bytes(keys.akbk) }
  const build = { parts, firmwareKeys, codec: cborCodec, attester: null, terminal: null, iterations: 1 }
  const hsm = createHsm(build, newUnit(line, roots, seeded(3)))
  valueOf(hsm.boot(IMAGES[mode]))
  return { hsm, held: () => held }
}
