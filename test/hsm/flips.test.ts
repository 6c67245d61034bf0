/** Every alteration of a sealed backup is refused, and the target keeps what it had. */
import { describe, expect, it } from 'vitest'
import { createFactory, defaultParts, generate, instantiate, type Hsm } from '../../impl/hsm/index.ts'
import { fullContents } from './full.ts'
import { codeOf, entropy, filled, unit, valueOf } from './fleet.ts'

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const altered = bytes.slice()
  altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return altered
}

/** Restores each of these on the target; counts the codes, and whether the contents were ever other than before. */
const sweep = (target: Hsm, alterations: Iterable<Uint8Array>) => {
  const before = target.digest()
  const codes: Record<string, number> = {}
  let changed = 0
  for (const altered of alterations) {
    const code = codeOf(target.restore(altered))
    codes[code] = (codes[code] ?? 0) + 1
    if (target.digest() !== before) changed++
    target.drainAudit()
  }
  return { codes, changed }
}

function* flips(backup: Uint8Array): Iterable<Uint8Array> {
  for (let bit = 0; bit < backup.length * 8; bit++) yield flipped(backup, bit)
}

function* truncations(backup: Uint8Array): Iterable<Uint8Array> {
  for (let length = 0; length < backup.length; length++) yield backup.subarray(0, length)
}

describe('an altered backup', () => {
  const backup = valueOf(filled(1).backup())
  const target = filled(2)
  const opens = () => {
    const fresh = target.clone()
    expect(codeOf(fresh.restore(backup))).toBe('opens')
    expect(fresh.digest()).not.toBe(target.digest())
  }

  it('§restore.seal §restore.header §restore.unwrap §restore.format §restore.atomic is refused for every bit that flips', () => {
    expect(backup.length).toBe(550)
    opens()
    const { codes, changed } = sweep(target, flips(backup))
    // The wrapped key has 320 bits; nonce, contents, tag and identifier of the snapshot the 3768 that the tag protects.
    expect(codes).toEqual({ FORMAT: 312, UNWRAP: 320, SEAL: 3768 })
    expect(changed).toBe(0)
    opens()
  })

  it('§restore.format §restore.atomic is refused at every length that it is cut to', () => {
    opens()
    const { codes, changed } = sweep(target, truncations(backup))
    expect(codes).toEqual({ FORMAT: backup.length })
    expect(changed).toBe(0)
    opens()
  })

  it('§restore.format is refused with a byte too many', () => {
    expect(codeOf(target.restore(Uint8Array.of(...backup, 0)))).toBe('FORMAT')
  })
})

describe('an altered backup of a full HSM', () => {
  const crowded = createFactory(entropy(1_000_000), { ...defaultParts, initialContents: fullContents(16_666, 1_024) })
  const source = crowded.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: entropy(3) })
  valueOf(source.provision())
  const backup = valueOf(source.backup())

  it('§restore.exact opens with all of its 16,666 keys and 1,024 users', () => {
    const target = unit(4)
    expect(codeOf(target.restore(backup))).toBe('opens')
    expect(target.digest()).toBe(source.digest())
  })

  it('§restore.seal §restore.format §restore.atomic is refused in a seeded sample of flips and truncations', () => {
    const target = filled(2)
    const { bytes } = generate(instantiate(entropy(5), new Uint8Array(0)), 400)
    const view = new DataView(bytes.buffer)
    const sample = Array.from({ length: 100 }, (_, i) => view.getUint32(i * 4))
    const altered = sample.map((n, i) =>
      i % 4 === 0 ? backup.subarray(0, n % backup.length) : flipped(backup, n % (backup.length * 8)),
    )
    expect(sweep(target, altered)).toEqual({ codes: { FORMAT: 25, SEAL: 75 }, changed: 0 })
    expect(codeOf(target.restore(backup))).toBe('opens')
    expect(target.digest()).toBe(source.digest())
  })
})
