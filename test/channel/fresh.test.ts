/** Nothing of one channel is of use to another: no resumption, no older version, no other algorithm, no recording. */
import { describe, expect, it } from 'vitest'
import { middleOf } from './middle.ts'
import { resumingTerminal, shake, type Shaken } from './raw.ts'
import {
  activated,
  adapters,
  authority,
  entropy,
  factory,
  initialised,
  manufacturer,
  opened,
  peer,
  setPolicy,
  told,
} from './world.ts'

const made = (shaken: Shaken | string): Shaken => {
  if (typeof shaken === 'string') throw new Error(`expected a handshake, got ${shaken}`)
  return shaken
}

describe('the HSM in TLS', () => {
  const hsm = initialised(400)

  it('§channel.fresh resumes no session, whatever it has given the client', async () => {
    const first = made(await shake(hsm))
    expect(first.tickets.length).toBeGreaterThan(0)
    for (const session of first.tickets) expect(made(await shake(hsm, { session })).isReused).toBe(false)
  })

  it('§channel.fresh would be seen to resume one, if it did', async () => {
    const resuming = initialised(401, authority, manufacturer(resumingTerminal()))
    const [session] = made(await shake(resuming)).tickets
    expect(made(await shake(resuming, { session })).isReused).toBe(true)
  })

  it.each([
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['ChaCha20', { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
    ['AES-128', { ciphers: 'TLS_AES_128_GCM_SHA256' }],
    ['X25519', { ecdhCurve: 'X25519' }],
  ] as const)('§channel.version refuses a client that offers %s alone', async (_, options) => {
    expect(await shake(hsm, options)).toMatch(/^ERR_SSL_/)
  })

  it('§channel.version speaks TLS 1.3 with AES-256-GCM to a client that offers anything', async () => {
    expect(await shake(hsm)).toMatchObject({ protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' })
  })
})

describe.each(adapters)('a recorded channel, $name', ({ name, open }) => {
  it('§channel.fresh is of no use to whoever plays it to the same HSM again, or to one with the same contents', async () => {
    const hsm = await activated(402)
    const middle = middleOf(name, [])
    const channel = await opened(open(hsm, peer, middle.tap))
    expect(told(await channel.tell(setPolicy(5)))).toBe('accepted')
    channel.close()
    const backup = hsm.backup()
    const other = factory.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: entropy(403) })
    if (!backup.ok || !other.restore(backup.value).ok) throw new Error('expected a restore')
    for (const target of [hsm, other]) {
      target.drainAudit()
      const session = target.agree(entropy(9))?.session ?? 0
      const there =
        name === 'TLS' ? target.connect({ send: () => undefined, end: () => undefined }, () => undefined) : null
      for (const record of middle.courses.there.sent) {
        there?.send(record)
        if (name === 'ideal') expect(target.exchange(session, record)).toBeNull()
        await new Promise(setImmediate)
      }
      expect(target.drainAudit()).toEqual([])
    }
    expect(middle.courses.there.sent.length).toBeGreaterThan(0)
  })
})
