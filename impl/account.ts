/** One customer's account: the service, the client, and the manufacturer behind both; a function of its seed. */
import { converse, createClient, defaultClientParts, type Client, type ClientParts } from './client/index.ts'
import {
  createFactory,
  defaultParts,
  generate,
  instantiate,
  type Answer,
  type Command,
  type Draw,
  type DrbgState,
  type Factory,
  type FactoryOptions,
  type Parts,
} from './hsm/index.ts'
import {
  copyStores,
  createRecorder,
  createService,
  defaultServiceParts,
  emptyStores,
  type Choices,
  type Recorder,
  type Service,
  type ServiceParts,
  type Stores,
} from './service/index.ts'

export interface AccountOptions {
  /** 32 bytes or more, from which all randomness of the account comes. */
  readonly seed: Uint8Array
  readonly parts?: Partial<AccountParts>
  readonly choices?: Partial<Choices>
  /** What is built into its HSMs. */
  readonly hardware?: FactoryOptions
}

/** What can be replaced, by place. */
export interface AccountParts {
  readonly hsm: Parts
  readonly service: ServiceParts
  readonly client: ClientParts
}

export interface Account {
  readonly service: Service
  readonly client: Client
  /** The manufacturer of the account's hardware. */
  readonly factory: Factory
  /** Random bytes of the account's own. */
  readonly draw: Draw
  /** Asks a copy of an HSM, which takes writes whatever its cluster is in, and answers null to what it does not answer; nothing changes and nothing is recorded. */
  look(hsmId: string): (command: Command) => Answer | null
  /** A digest of the contents of an HSM, in hex; empty where there are none. */
  digest(hsmId: string): string
  /** An independent copy that goes on from here. */
  fork(): Account
}

export const DEFAULT_CHOICES: Choices = {
  'choice.backup.delete.again': 'refused',
  'choice.hsm.delete.creating': 'refused',
}

/** Seconds since the epoch at which an account begins: the first of January 2026. */
const START = 1_767_225_600

export const createAccount = ({ seed, parts = {}, choices = {}, hardware }: AccountOptions): Account => {
  const hsm = parts.hsm ?? defaultParts
  const personalization = new TextEncoder().encode('cloudhsm account')
  const first = generate(instantiate(seed, new Uint8Array(0), personalization), 64)
  return assemble({
    parts: { hsm, service: parts.service ?? defaultServiceParts, client: parts.client ?? defaultClientParts },
    choices: { ...DEFAULT_CHOICES, ...choices },
    factory:
      hardware === undefined
        ? factoryFor(hsm, first.bytes.subarray(0, 32))
        : createFactory(first.bytes.subarray(0, 32), hsm, hardware),
    envelopeKey: first.bytes.subarray(32),
    random: first.state,
    stores: emptyStores(),
    recorder: createRecorder(),
    seconds: START,
  })
}

/** Everything that an account is. */
interface Assembly {
  readonly parts: AccountParts
  readonly choices: Choices
  readonly factory: Factory
  readonly envelopeKey: Uint8Array
  readonly random: DrbgState
  readonly stores: Stores
  readonly recorder: Recorder
  readonly seconds: number
}

const assemble = (assembly: Assembly): Account => {
  const { parts, choices, factory, envelopeKey, stores, recorder } = assembly
  let random = assembly.random
  const draw: Draw = length => {
    const drawn = generate(random, length)
    random = drawn.state
    return drawn.bytes
  }
  const clock = { seconds: assembly.seconds }
  const service = createService({
    parts: parts.service,
    choices,
    factory,
    stores,
    recorder,
    draw,
    envelopeKey,
    clock,
  })
  return {
    service,
    client: createClient(parts.client, draw, service.connectionsTo),
    factory,
    draw,
    look: hsmId => {
      const copy = service.copyOf(hsmId)
      copy?.limitWrites(false)
      return copy === null ? () => null : converse(parts.client, copy)
    },
    digest: hsmId => service.copyOf(hsmId)?.digest() ?? '',
    fork: () =>
      assemble({
        ...assembly,
        random,
        stores: copyStores(stores),
        recorder: recorder.fork(),
        seconds: clock.seconds,
      }),
  }
}

/** Factories never change and cost milliseconds: those of the latest seeds are kept, by the parts that they were made with. */
const KEPT = 64
const factories = new WeakMap<Parts, Map<string, Factory>>()

const factoryFor = (parts: Parts, seed: Uint8Array): Factory => {
  const kept = factories.get(parts) ?? new Map<string, Factory>()
  factories.set(parts, kept)
  const name = seed.toString()
  const factory = kept.get(name) ?? createFactory(seed, parts)
  if (kept.size >= KEPT && !kept.has(name)) kept.clear()
  kept.set(name, factory)
  return factory
}
