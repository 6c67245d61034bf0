/** The root keys: the boot ROM reads them when hardware starts, firmware is handed no more than a wrapping key for each line. */
import { describe, expect, it } from 'vitest'
import { cborCodec } from '../../impl/hsm/certificate.ts'
import { PLAIN, partsOf, signFirmware, type Behaviour } from '../../impl/hsm/firmware.ts'
import { createHsm } from '../../impl/hsm/hardware.ts'
import { defaultParts, instantiate, type Hsm } from '../../impl/hsm/index.ts'
import { boot, type RootKeys } from '../../impl/hsm/rom.ts'
import { generateKeyPair } from '../../impl/hsm/signature.ts'
import { newUnit } from '../../impl/hsm/unit.ts'
import { CO, CU, codeOf, entropy, tell, valueOf } from './fleet.ts'

const pair = (n: number) => generateKeyPair(length => new Uint8Array(length).fill(n))
const [production, other] = [pair(1), pair(2)]
const firmwareKeys = { production: production.publicKey, other: other.publicKey }
const image = (behaviour: Behaviour = PLAIN) => signFirmware(production, 'production', behaviour)

const ROOTS: RootKeys = { fused: { hsm1: entropy(1), hsm2m: entropy(2) }, akbk: entropy(3) }
const secrets = [entropy(1), entropy(2), entropy(3)]

/** Every byte string in a value, however deep. */
const bytesIn = (value: unknown): readonly Uint8Array[] => {
  if (value instanceof Uint8Array) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : []
}
const holdsSecret = (value: unknown): boolean =>
  bytesIn(value).some(bytes => secrets.some(secret => Buffer.from(bytes).includes(Buffer.from(secret))))

/** A unit whose roots count how often they are read. */
const watched = (): { readonly hsm: Hsm; readonly reads: () => number } => {
  let reads = 0
  const counting = <T>(value: T) => ({
    enumerable: true,
    get: (): T => {
      reads += 1
      return value
    },
  })
  const roots: RootKeys = Object.defineProperties({} as RootKeys, {
    fused: counting(ROOTS.fused),
    akbk: counting(ROOTS.akbk),
  })
  const unit = newUnit('hsm2m', roots, instantiate(entropy(4), new Uint8Array(0)))
  const build = { parts: defaultParts, firmwareKeys, codec: cborCodec, attester: null, terminal: null, iterations: 1 }
  return { hsm: createHsm(build, unit), reads: () => reads }
}

describe('root keys', () => {
  it('§hardware.roots are in nothing that a start leaves behind: one handle for each line, and no root', () => {
    const booted = valueOf(boot(defaultParts, 'hsm2m', ROOTS, firmwareKeys, image()))
    expect(booted.handles.map(({ line, mayWrap }) => [line, mayWrap])).toEqual([
      ['hsm1', false],
      ['hsm2m', true],
    ])
    expect(bytesIn(booted)).toHaveLength(2)
    expect(holdsSecret(booted)).toBe(false)
    expect(holdsSecret({ ...booted, roots: ROOTS })).toBe(true)
  })

  it('§hardware.roots are read at a start and never again until the next, whatever is done', () => {
    const { hsm, reads } = watched()
    expect(reads()).toBe(0)
    valueOf(hsm.boot(image()))
    const atStart = reads()
    expect(atStart).toBeGreaterThan(0)
    valueOf(hsm.provision())
    tell(hsm, { op: 'Activate', password: CO.password, label: '' })
    tell(hsm, { op: 'CreateUser', as: CO, name: 'CU', role: 'CU', password: CU.password })
    tell(hsm, { op: 'GenerateKey', as: CU, label: 'key', kind: 'AES' })
    const [backup, peer] = [valueOf(hsm.backup()), valueOf(hsm.synchronise())]
    valueOf(hsm.restore(backup))
    valueOf(hsm.takeKeys(peer, []))
    valueOf(hsm.redo(peer, peer))
    expect([hsm.digest().length, hsm.certificateRequest() !== null, hsm.drainAudit().length > 0]).toEqual([
      64,
      true,
      true,
    ])
    expect(reads()).toBe(atStart)
    valueOf(hsm.restart())
    expect(reads()).toBe(2 * atStart)
  })

  it('§hardware.roots are out of the reach of firmware, which is asked about labels and told nothing else', () => {
    const asked: unknown[] = []
    const prying: Behaviour = {
      id: 'prying',
      checkMode: (...given) => asked.push(given) > 0,
      checkType: (...given) => asked.push(given) > 0,
    }
    const { hsm } = watched()
    valueOf(hsm.boot(image(prying)))
    valueOf(hsm.provision())
    expect(codeOf(hsm.restore(valueOf(hsm.backup())))).toBe('opens')
    expect(asked).toEqual([
      ['FIPS', 'FIPS'],
      ['hsm2m', 'hsm2m'],
    ])
    const everything = Object.fromEntries(Object.keys(defaultParts).map(name => [name, () => null]))
    expect(Object.keys(partsOf({ id: 'greedy', ...everything }))).toEqual(['checkMode', 'checkType'])
  })
})
