/** The archive as its owner may alter it: what is altered outside never reaches an HSM, what is altered inside is refused there. */
import { describe, expect, it } from 'vitest'
import type { Account } from '../../impl/index.ts'
import { codeOf, emptied, entropy, settle, valueOf } from './world.ts'

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const altered = bytes.slice()
  altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return altered
}

function* alterations(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit++) yield flipped(bytes, bit)
  for (let length = 0; length < bytes.length; length++) yield bytes.subarray(0, length)
}

const bytesOf = (bytes: Uint8Array | null): Uint8Array => {
  if (bytes === null) throw new Error('expected bytes, got none')
  return bytes
}

const place = emptied()
const { at, backupId, clusterId } = place
valueOf(at.service.createHsm(clusterId))

describe('a stored backup, in the envelope of the service', () => {
  const stored = bytesOf(at.service.archive.readStored(backupId))

  it('§backup.archive is kept byte for byte, and its envelope shows nothing of it', () => {
    const [emission] = at.service.view.filter(({ channel, from }) => channel === 'backup' && from === backupId)
    const sealed = at.service.archive.read(backupId)
    expect(sealed).toEqual(emission?.bytes)
    expect(Buffer.from(stored).includes(Buffer.from('cloudhsm-backup'))).toBe(false)
    expect(sealed?.length).toBeLessThan(4096)
  })

  it('§hsm.join.refused opens before and after, and is refused before it reaches an HSM for every bit flipped and every length', () => {
    const attempt = (bytes: Uint8Array): { readonly code: string; readonly reached: boolean } => {
      const copy: Account = at.fork()
      copy.service.archive.writeStored(backupId, bytes)
      const seen = copy.service.view.length
      const code = settle(copy, 'HsmRestored')
      return { code, reached: copy.service.view.slice(seen).some(({ channel }) => channel === 'audit') }
    }
    expect(attempt(stored)).toEqual({ code: 'accepted', reached: true })
    let tried = 0
    for (const altered of alterations(stored)) {
      expect(attempt(altered)).toEqual({ code: 'FORMAT', reached: false })
      tried++
    }
    expect(tried).toBe(stored.length * 9)
    expect(attempt(stored)).toEqual({ code: 'accepted', reached: true })
  })

  it('§backup.archive is bound to its own id', () => {
    const copy = at.fork()
    const other = emptied({ ...place, at: copy, hsmId: joinedIn(copy) }).backupId
    copy.service.archive.writeStored(other, stored)
    expect(copy.service.sealedBackup(other)).toBeNull()
    expect(copy.service.sealedBackup(backupId)).not.toBeNull()
  })
})

/** Lets the HSM that waits join, and names it. */
const joinedIn = (copy: Account): string => {
  settle(copy, 'HsmRestored')
  return copy.service.describeClusters()[0]?.hsms[0]?.hsmId ?? ''
}

describe('a sealed backup that is altered inside a new envelope', () => {
  const sealed = bytesOf(at.service.archive.read(backupId))

  it('§restore.atomic §restore.format §restore.unwrap §restore.header §restore.seal opens before and after, and is refused for every bit flipped and every length', () => {
    const copy = at.fork()
    const target = copy.factory.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: entropy(9) })
    valueOf(target.provision())
    const before = target.digest()
    const opens = () => {
      expect(copy.service.archive.write(backupId, sealed)).toBe(true)
      const fresh = target.clone()
      expect(codeOf(fresh.restore(bytesOf(copy.service.sealedBackup(backupId))))).toBe('accepted')
      expect(fresh.digest()).not.toBe(before)
    }
    opens()
    const codes: Record<string, number> = {}
    for (const altered of alterations(sealed)) {
      copy.service.archive.write(backupId, altered)
      const code = codeOf(target.restore(bytesOf(copy.service.sealedBackup(backupId))))
      codes[code] = (codes[code] ?? 0) + 1
      expect(target.digest()).toBe(before)
      target.drainAudit()
    }
    expect(Object.keys(codes).sort()).toEqual(['FORMAT', 'SEAL', 'UNWRAP'])
    expect(codes['UNWRAP']).toBe(320)
    expect(Object.values(codes).reduce((sum, count) => sum + count)).toBe(sealed.length * 9)
    opens()
  })

  it.each([
    ['§restore.format', (bytes: Uint8Array) => bytes.subarray(0, -1), 'FORMAT'],
    ['§restore.seal', (bytes: Uint8Array) => flipped(bytes, bytes.length * 8 - 1), 'SEAL'],
  ])('%s §hsm.join.refused is refused by the HSM that joins', (_, alter, code) => {
    const copy = at.fork()
    copy.service.archive.write(backupId, alter(sealed))
    expect(settle(copy, 'HsmRestored')).toBe(code)
    expect(copy.service.view.at(-1)).toMatchObject({ channel: 'audit' })
  })
})
