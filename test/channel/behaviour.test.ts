/** One behaviour on both adapters: what a client and an HSM say to each other, whom a client refuses, and when a channel is over. */
import { describe, expect, it } from 'vitest'
import {
  CO,
  activate,
  activated,
  adapters,
  codeOf,
  initialised,
  opened,
  peer,
  provisioned,
  setPolicy,
  told,
  watching,
} from './world.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

describe.each(adapters)('a channel, $name', ({ open }) => {
  it('§channel.tls §channel.sealed carries every command and its answer, in turn, and the service sees neither', async () => {
    const hsm = initialised(100)
    const seen: Uint8Array[] = []
    const channel = await opened(open(hsm, peer, watching(seen)))
    const cu = { user: 'CU', password: 'user-password' }
    const commands = [
      activate,
      { op: 'LogIn', as: { ...CO, password: 'a-wrong-password' } },
      { op: 'CreateUser', as: CO, name: 'CU', role: 'CU', password: cu.password },
      { op: 'GenerateKey', as: cu, label: 'the-key', kind: 'AES' },
      { op: 'UseKey', as: cu, label: 'the-key', challenge: new Uint8Array(300_000) },
      { op: 'Encrypt', as: cu, label: 'the-key', plaintext: Buffer.from('a plaintext of some length') },
    ] as const
    const answers = []
    for (const command of commands) answers.push(await channel.tell(command))
    expect(answers.map(told)).toEqual(['accepted', 'LOGIN_FAILURE', 'accepted', 'accepted', 'accepted', 'accepted'])
    const told6 = answers[5]
    if (told6?.ok !== true || told6.value.kind !== 'bytes') throw new Error('expected a ciphertext')
    const plain = await channel.tell({ op: 'Decrypt', as: cu, label: 'the-key', ciphertext: told6.value.bytes })
    expect(plain).toMatchObject({
      ok: true,
      value: { bytes: Uint8Array.from(Buffer.from('a plaintext of some length')) },
    })
    channel.close()
    const text = seen.map(hex).join('')
    for (const secret of [CO.password, cu.password, 'a-wrong-password', 'the-key', 'a label', 'a plaintext'])
      expect(text.includes(secret), secret).toBe(false)
    expect(text.length).toBeGreaterThan(300_000)
  })

  it('answers commands that were told at once in their order', async () => {
    const hsm = await activated(101)
    const channel = await opened(open(hsm))
    const answers = await Promise.all([1, 2, 3].map(value => channel.tell(setPolicy(value))))
    expect(answers.map(told)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(await channel.tell({ op: 'Inspect', as: null })).toMatchObject({ value: { policy: 3 } })
  })

  it('is over once it is closed, at either end, and leaves room for others', async () => {
    const hsm = await activated(102)
    const room = hsm.remaining()
    const [first, second] = [await opened(open(hsm)), await opened(open(hsm))]
    expect(hsm.remaining()).toBe(room - 2)
    first.close()
    expect(told(await first.tell(setPolicy(1)))).toBe('none')
    expect(told(await second.tell(setPolicy(2)))).toBe('accepted')
    hsm.endSessions()
    expect(told(await second.tell(setPolicy(3)))).toBe('none')
    expect(told(await second.tell(setPolicy(4)))).toBe('none')
    await new Promise(setImmediate)
    expect(hsm.remaining()).toBe(room)
    const third = await opened(open(hsm))
    expect(await third.tell({ op: 'Inspect', as: null })).toMatchObject({ value: { policy: 2 } })
  })

  it('leads nowhere where there is nobody, or the way is none', async () => {
    const empty = (await activated(103)).clone()
    empty.tamper()
    expect(await codeOf(open(empty))).toBe('UNAVAILABLE')
    expect(await codeOf(open(await activated(104), peer, () => () => null))).toBe('UNAVAILABLE')
  })

  it('§client.certificate is refused by a client that asks for another mode, and before the cluster is initialised', async () => {
    const hsm = await activated(105)
    expect(await codeOf(open(hsm, { ...peer, mode: 'NON_FIPS' }))).toBe('CERTIFICATE')
    expect(await codeOf(open(provisioned(106)))).toBe('CERTIFICATE')
    expect(await codeOf(open(hsm))).toBe('opens')
  })
})
