/** The recorder: every byte that leaves an HSM or a client passes here, and what it holds is the service's view. */
import { encodeValue, type Value } from '../hsm/index.ts'

/** Bytes that left an HSM or a client, or that the service answered; `from` is the id of what they come from. `status` is what an HSM says of itself. §leak.only §leak.size §leak.count */
export interface Emission {
  readonly channel: 'backup' | 'synchronisation' | 'record' | 'api' | 'audit' | 'error' | 'certificate' | 'status'
  readonly from: string
  readonly bytes: Uint8Array
}

export interface Recorder {
  record(channel: Emission['channel'], from: string, bytes: Uint8Array): void
  /** Records what was heard on a topic, unless it is what was heard there last: whoever looks again sees nothing new. */
  note(from: string, topic: string, bytes: Uint8Array): void
  /** In order; the same array each time, which grows. §leak.time */
  readonly emissions: readonly Emission[]
  /** An independent copy that goes on from here. */
  fork(): Recorder
}

export const createRecorder = (): Recorder => recorderAfter([], new Map())

const recorderAfter = (earlier: readonly Emission[], heard: ReadonlyMap<string, Uint8Array>): Recorder => {
  const emissions = [...earlier]
  const latest = new Map(heard)
  return {
    record: (channel, from, bytes) => void emissions.push({ channel, from, bytes }),
    note: (from, topic, bytes) => {
      const last = latest.get(`${from} ${topic}`)
      if (last?.length === bytes.length && last.every((byte, at) => byte === bytes[at])) return
      latest.set(`${from} ${topic}`, bytes)
      emissions.push({ channel: 'status', from, bytes })
    },
    emissions,
    fork: () => recorderAfter(emissions, latest),
  }
}

/** Deterministic bytes of an API answer: members as pairs in the order of their names. Throws on what has no encoding. §leak.api */
export const encodeAnswer = (answer: unknown): Uint8Array => encodeValue(valueOf(answer))

const valueOf = (part: unknown): Value => {
  if (part === null || typeof part === 'string' || typeof part === 'number' || part instanceof Uint8Array) return part
  if (typeof part === 'boolean') return part
  if (Array.isArray(part)) return part.map(valueOf)
  if (typeof part !== 'object') throw new TypeError(`expected a part of an answer, got ${typeof part}`)
  return Object.entries(part)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, valueOf(value)])
}
