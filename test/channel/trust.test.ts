/** Whom a client takes for an HSM of its cluster, on both adapters: by the authority alone, or by the cluster's key as well. */
import { afterEach, describe, expect, it } from 'vitest'
import { createAuthority, type Hsm } from '../../impl/index.ts'
import { x509Codec } from '../../impl/x509/index.ts'
import { impostorOf, openImpostor } from './impostor.ts'
import {
  DAY,
  START,
  activated,
  adapters,
  clock,
  codeOf,
  entropy,
  factory,
  initialised,
  keyOf,
  now,
  opened,
  peer,
  provisioned,
  setPolicy,
  told,
} from './world.ts'

const another = createAuthority(entropy(5), x509Codec({ now }))
/** Issues for a day. */
const brief = createAuthority(entropy(6), x509Codec({ now, lifetime: from => ({ from, to: from + DAY }) }))

afterEach(() => {
  clock.seconds = START
})

describe.each(adapters)('a client, $name', adapter => {
  const { open } = adapter

  it("§client.authority refuses an HSM that another customer's authority has certified", async () => {
    const hsm = initialised(300, another)
    expect(await codeOf(open(hsm))).toBe('CERTIFICATE')
    expect(await codeOf(open(hsm, { ...peer, anchor: another.anchor }))).toBe('opens')
    expect(await codeOf(open(hsm, { ...peer, anchor: hsm.certificate() }))).toBe('CERTIFICATE')
    expect(await codeOf(open(hsm, { ...peer, anchor: new Uint8Array(0) }))).toBe('CERTIFICATE')
  })

  it('§client.expired refuses a certificate, and an authority, whose time is over or has not come', async () => {
    const hsm = initialised(301, brief)
    const asked = { ...peer, anchor: brief.anchor }
    const codes: string[] = []
    for (const seconds of [START - 1, START, START + DAY, START + DAY + 1]) {
      clock.seconds = seconds
      codes.push(await codeOf(open(hsm, asked)))
    }
    expect(codes).toEqual(['CERTIFICATE', 'opens', 'opens', 'CERTIFICATE'])
    clock.seconds = START + 20 * 365 * DAY
    const late = initialised(302)
    expect(await codeOf(open(late))).toBe('CERTIFICATE')
  })

  it('§client.selfsigned refuses a certificate that the HSM has made by itself, also a client that knows its key', async () => {
    const hsm = provisioned(303)
    expect(await codeOf(open(hsm))).toBe('CERTIFICATE')
    const own = createAuthority(entropy(7), x509Codec({ now }))
    expect(await codeOf(open(initialised(304, own), { ...peer, pin: keyOf(hsm) }))).toBe('CERTIFICATE')
  })

  it('§client.possession refuses who shows the certificate of an HSM and has not its key', async () => {
    const hsm = await activated(305)
    expect(await codeOf(openImpostor(adapter, hsm, impostorOf(hsm, 306)))).toBe('CERTIFICATE')
    expect(await codeOf(openImpostor(adapter, hsm, hsm))).toBe('opens')
  })

  it('§client.pin refuses another cluster of the same authority when it has pinned the key, §client.sibling and takes it when not', async () => {
    const [own, sibling] = [await activated(307), await activated(308)]
    const pinned = { ...peer, pin: keyOf(own) }
    expect(keyOf(own)).not.toEqual(keyOf(sibling))
    expect(await codeOf(open(own, pinned))).toBe('opens')
    expect(await codeOf(open(sibling, pinned))).toBe('CERTIFICATE')
    expect(await codeOf(open(sibling))).toBe('opens')
  })

  it('§client.clone takes an HSM on which a backup of the cluster was restored, though it has pinned the key', async () => {
    const own = await activated(309)
    const clone = restored(own, 310)
    const channel = await opened(open(clone, { ...peer, pin: keyOf(own) }))
    expect(told(await channel.tell(setPolicy(7)))).toBe('accepted')
    channel.close()
    expect(clone.digest()).not.toBe(own.digest())
  })
})

/** Another HSM of the service, with what a backup has. */
const restored = (hsm: Hsm, n: number): Hsm => {
  const backup = hsm.backup()
  const other = factory.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: entropy(n) })
  if (!backup.ok || !other.restore(backup.value).ok) throw new Error('expected a restore')
  return other
}
