/** Statistical tests of what is sealed: how likely random bytes would be to deviate as much (SP 800-22 Rev. 1a §2.1, and Pearson's chi-square). */

/** A test and its p-value. */
export interface Statistic {
  readonly name: string
  readonly p: number
}

/** Below this nobody believes in chance: with hundreds of tests in a run not once in a million runs. */
export const UNBELIEVABLE = 1e-9

const FEW = 1e-300
const ROUNDS = 2000

/** ln Γ(x) for x > 0 (Lanczos). */
const logGamma = (x: number): number => {
  const terms = [
    76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 1.208650973866179e-3,
    -5.395239384953e-6,
  ]
  const sum = terms.reduce((total, term, at) => total + term / (x + 1 + at), 1.000000000190015)
  return (x + 0.5) * Math.log(x + 5.5) - (x + 5.5) + Math.log((2.5066282746310005 * sum) / x)
}

/** The upper incomplete gamma function Q(a, x), by its series below a and its continued fraction above (Lentz). */
export const upperGamma = (a: number, x: number): number => {
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x <= 0) return 1
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a]
    for (let n = 1; n < ROUNDS && Math.abs(term) > Math.abs(sum) * 1e-16; n += 1) {
      term *= x / (a + n)
      sum += term
    }
    return 1 - sum * scale
  }
  let b = x + 1 - a
  let c = 1 / FEW
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < ROUNDS; n += 1) {
    const factor = -n * (n - a)
    b += 2
    d = 1 / (Math.abs(factor * d + b) < FEW ? FEW : factor * d + b)
    c = Math.abs(b + factor / c) < FEW ? FEW : b + factor / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return fraction * scale
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

/** The ones among all bits: with n bits, (ones - zeros)² / n has one degree of freedom. */
export const monobit = (bytes: Uint8Array): number => {
  const bits = bytes.length * 8
  const ones = bytes.reduce((sum, byte) => sum + (ONES[byte] ?? 0), 0)
  return upperGamma(0.5, (2 * ones - bits) ** 2 / bits / 2)
}

/** How often each byte stands there: 255 degrees of freedom. */
export const frequencies = (bytes: Uint8Array): number => {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1
  const expected = bytes.length / 256
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return upperGamma(127.5, chi / 2)
}

/** With fewer than five of each byte expected the approximation does not hold, and nothing is said. */
export const LEAST_BYTES = 5 * 256

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** One text against another, as far as both go: of two under one keystream it is the texts against each other. */
const against = (one: Uint8Array, other: Uint8Array): Uint8Array =>
  one.subarray(0, other.length).map((byte, at) => byte ^ (other[at] ?? 0))

/** Distances at which a keystream might repeat. */
const DISTANCES = Array.from({ length: 64 }, (_, at) => at + 1)

/** All tests on ciphertexts: each for itself, each against itself some way further on, and each against the one before it. */
export const statisticsOf = (texts: readonly Uint8Array[]): readonly Statistic[] => {
  const all = joined(texts)
  const neighbours = joined(texts.slice(1).map((text, at) => against(text, texts[at] ?? text)))
  const shifted = DISTANCES.map(distance => ({
    name: `bytes against those ${distance} further on`,
    bytes: joined(texts.map(text => against(text, text.subarray(distance)))),
  }))
  const compared = [
    { name: 'bytes', bytes: all },
    { name: 'bytes against the text before', bytes: neighbours },
    ...shifted,
  ]
  return [
    { name: 'ones', p: monobit(all) },
    ...compared
      .filter(({ bytes }) => bytes.length >= LEAST_BYTES)
      .map(({ name, bytes }) => ({ name, p: frequencies(bytes) })),
  ]
}

/** The first test that chance would not explain; null where it would explain all. */
export const unlikely = (texts: readonly Uint8Array[]): Statistic | null =>
  statisticsOf(texts).find(({ p }) => p < UNBELIEVABLE) ?? null
