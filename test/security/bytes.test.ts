/** Each security fault of the bytes is found by the check over bytes, which finds nothing of the reference. */
import { describe, expect, it } from 'vitest'
import { defaultClientParts, defaultParts, defaultServiceParts } from '../../impl/index.ts'
import { foundInBytes } from './bytes-judge.ts'
import { byteFaults } from './bytes.ts'

const judged = await Promise.all(byteFaults.map(async fault => ({ ...fault, sentence: await fault.found() })))

describe('what leaves', () => {
  it('shows nothing of the reference, nor of the same seams with nothing broken', () => {
    expect(foundInBytes({})).toBeNull()
    const parts = { hsm: { ...defaultParts }, service: { ...defaultServiceParts }, client: { ...defaultClientParts } }
    expect(foundInBytes(parts)).toBeNull()
  })
  it('is judged for as many broken implementations as have a sentence of their own', () => {
    expect(new Set(byteFaults.map(({ what }) => what)).size).toBe(byteFaults.length)
    expect(byteFaults.length).toBeGreaterThanOrEqual(10)
  })
  it('opens under a key of every class of candidates, each of which a fault plants, §boundary.candidates', () => {
    const classes = new Set(
      judged.flatMap(({ sentence }) => /key that is public: (.*)$/.exec(sentence ?? '')?.[1] ?? []),
    )
    expect([...classes].sort()).toEqual([
      'a constant',
      'a hash of what is public',
      'a name or an id',
      'a value that was shown, or that the service holds',
      'derived from what is public',
      'what stands in the backup itself',
    ])
  })
  it.each(judged)('of one that $what shows it, $clause', ({ clause, sentence }) => {
    expect(sentence).toMatch(new RegExp(`^${clause.replaceAll('.', '\\.')}: `))
  })
})
