/** Objects outside the boundary, printed and taken apart: none shows a secret, and a planted one is found wherever it hides. */
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createAccount } from '../../impl/index.ts'
import { createWatch } from '../conformance/index.ts'
import { shownBy } from './bytes-judge.ts'
import { reachedFrom } from './reach.ts'
import { spied } from './spy.ts'
import { tellStory } from './story.ts'

const SECRET = '8f14e45fceea167a5a36dedd4bea2543'

/** All the ways in which JavaScript prints a value. */
const printed = (value: unknown): string => {
  const attempt = (print: () => string): string => {
    try {
      return print()
    } catch (error) {
      return inspect(error)
    }
  }
  return [
    attempt(() => inspect(value, { showHidden: true, depth: Infinity, maxArrayLength: Infinity, getters: true })),
    attempt(() => JSON.stringify(value) ?? ''),
    attempt(() => String(value)),
    attempt(() => Object.prototype.toString.call(value)),
  ].join('\n')
}

const { parts, secrets: inner } = spied()
const { account, customer } = tellStory(parts)
const secrets = [...Object.values(customer), ...inner]
const { service, factory } = account

const isPrinted = (value: unknown): boolean => {
  const { scanner } = createWatch()
  for (const secret of secrets) scanner.add(secret)
  // A buffer is printed as its bytes in hex, with spaces or commas between.
  const text = printed(value)
  const forms = [text, text.replaceAll(/[\s,]+/g, '')]
  return forms.some(form => scanner.scan(form.slice(0, 9), new TextEncoder().encode(form)) !== null)
}

const thrown = (doing: () => unknown): unknown => {
  try {
    doing()
  } catch (error) {
    return error
  }
  throw new Error('expected an error')
}

/** A place that goes on: the story deletes its HSMs. */
const place = () => {
  const { clusterId } = service.describeClusters()[0] ?? { clusterId: '' }
  service.createHsm(clusterId)
  for (let due = service.pending()[0], left = 20; due !== undefined && left > 0; due = service.pending()[0], left -= 1)
    service.settle(due)
  return clusterId
}
const clusterId = place()
const [connection] = service.connectionsTo(clusterId)
const hsmId = connection?.hsmId ?? ''
const agreement = connection?.agree(new Uint8Array(16)) ?? null
const trust = { clusterId, mode: 'FIPS', anchor: new Uint8Array(33) } as const
const unit = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: new Uint8Array(32).fill(7) })

const OBJECTS: Readonly<Record<string, unknown>> = {
  'an account': account,
  'a service': service,
  'a client': account.client,
  'a factory': factory,
  "an officer's card": factory.officers[0],
  'a firmware image': factory.image('fips'),
  'a unit of hardware': unit,
  'a copy of an HSM': service.copyOf(hsmId),
  'a way to an HSM': connection,
  'an agreement on a channel': agreement,
  'an archive': service.archive,
  'the view': service.view,
  'a list of clusters': service.describeClusters(),
  'a list of backups': service.describeBackups(),
  'a fork': account.fork(),
  'a look': account.look(hsmId),
  'what a look answers': account.look(hsmId)({ op: 'ListUsers' }),
  'a refused login': account.client.perform(trust, { op: 'LogIn', as: { user: 'CO', password: customer.changed } }),
  'a refused ceremony': unit.commission([factory.officers[0]]),
  'an error of a job that is not due': thrown(() => service.settle({ effect: 'HsmReplaced', subject: hsmId })),
  'an error of an account without a seed': thrown(() => createAccount({ seed: new Uint8Array(3) })),
}

describe('an object outside the boundary', () => {
  it('is there: an HSM serves, and secrets are known to look for', () => {
    expect(agreement).not.toBeNull()
    expect(inner.length).toBeGreaterThan(20)
  })
  it.each(Object.keys(OBJECTS))('%s shows no secret however it is printed, §boundary.objects', name => {
    expect(isPrinted(OBJECTS[name])).toBe(false)
  })
  it.each(Object.keys(OBJECTS))('%s has no secret in anything that is reached from it, §boundary.objects', name => {
    expect(shownBy(name, OBJECTS[name], secrets)).toBeNull()
  })
  it('is reached with all that belongs to it: its emissions, its collaborators, its functions', () => {
    const paths = reachedFrom('account', account).map(({ path }) => path)
    for (const part of ['account.service.view.0.bytes', 'account.factory.officers.0.officer', 'account.client.perform'])
      expect(paths.some(path => path.startsWith(part))).toBe(true)
  })
  it("hands a channel's key to the client's end alone, and once, §boundary.objects", () => {
    expect(Object.isFrozen(agreement?.key)).toBe(true)
    expect(Reflect.ownKeys(agreement?.key ?? {})).toEqual(['kind'])
  })
})

describe('a secret that is planted in an object', () => {
  class Holder {
    readonly #hidden = SECRET
    get shown(): string {
      return this.#hidden
    }
  }
  const bytes = new TextEncoder().encode(SECRET)
  it.each<[string, unknown]>([
    ['in a property', { deep: [{ at: SECRET }] }],
    ['in a property that is not enumerable', Object.defineProperty({}, 'at', { value: SECRET, enumerable: false })],
    ['under a symbol', { [Symbol('at')]: SECRET }],
    ["in a symbol's description", { at: Symbol(SECRET) }],
    ['as a name', { [SECRET]: 1 }],
    ['behind a getter', new Holder()],
    ['in a prototype', Object.create({ at: SECRET })],
    ['in a map', new Map([[{ at: SECRET }, 1]])],
    ['in a set', new Set([bytes])],
    ['in a buffer', { at: bytes.buffer }],
    ['in a list of numbers', { at: [...bytes] }],
    ['on a function', Object.assign(() => 1, { at: SECRET })],
    ['in the message of an error', new Error(`wrong password ${SECRET}`)],
    ['in the cause of an error', new Error('wrong', { cause: { at: SECRET } })],
  ])('is found %s', (_, object) => {
    expect(shownBy('it', object, [SECRET])).toMatch(/^§boundary\.objects: a secret can be read at it/)
  })
  it('is not found where only a call would tell it', () => {
    expect(shownBy('it', { tell: () => SECRET }, [SECRET])).toBeNull()
  })
})
