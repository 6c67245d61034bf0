/** The port of the channel: what a client needs of a way to one HSM, whatever carries it; two adapters fill it. */
import type { Answer, Command, Mode, Outcome, Wire } from '../hsm/index.ts'

/** Whom a client takes for an HSM of its cluster. */
export interface Peer {
  readonly mode: Mode
  /** What it knows of the customer's own authority. */
  readonly anchor: Uint8Array
  /** The cluster's public key, for a client that asks for that as well; one without trusts whatever the authority vouches for. */
  readonly pin?: Uint8Array | undefined
}

/** A channel that is open. Commands are answered in turn. */
export interface Channel {
  /** Null where no answer came that is the HSM's; the channel is over then. */
  tell(command: Command): Promise<Answer | null>
  close(): void
}

export type ChannelCode = 'UNAVAILABLE' | 'CERTIFICATE'

/** An adapter's way to one HSM. */
export type OpenChannel = (peer: Peer) => Promise<Outcome<Channel, ChannelCode>>

/** How the service carries bytes: a way there, given the way back; null where it leads nowhere. */
export type Carry = (client: Wire) => Wire | null

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Whether a key that the authority vouches for is the one that is asked for, where one is. §client.pin §client.sibling §client.clone */
export const isPinned = (key: Uint8Array, { pin }: Pick<Peer, 'pin'>): boolean => pin === undefined || same(key, pin)

/** A channel and the events that move it: what both adapters have in common. */
export interface Conversation {
  readonly channel: Channel
  /** An answer came; null stands for bytes that are none. */
  received(answer: Answer | null): void
  /** Nothing more comes. */
  ended(): void
}

/** Commands out, answers in, one at a time. What comes without having been asked for ends it, as does what is no answer. */
export const converseOver = (send: (command: Command) => void, hangUp: () => void): Conversation => {
  let waiting: ((answer: Answer | null) => void) | null = null
  let isOver = false
  let turn: Promise<unknown> = Promise.resolve()
  const settle = (answer: Answer | null): void => {
    const waited = waiting
    waiting = null
    waited?.(answer)
  }
  const ended = (): void => {
    if (isOver) return
    isOver = true
    hangUp()
    settle(null)
  }
  const ask = (command: Command): Promise<Answer | null> =>
    new Promise(resolve => {
      if (isOver) return resolve(null)
      waiting = resolve
      send(command)
    })
  return {
    channel: {
      tell: command => {
        const answer = turn.then(() => ask(command))
        turn = answer
        return answer
      },
      close: ended,
    },
    received: answer => {
      if (answer === null || waiting === null) ended()
      else settle(answer)
    },
    ended,
  }
}
