/** Messages in a stream: whole again however the stream is cut, and nothing that says that it is too long. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_MESSAGE, deframer, frame } from '../../impl/tls/index.ts'

const joined = (messages: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(messages.map(frame)))

describe('frames', () => {
  it('§channel.tls gives every message back, in order, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (messages, cuts) => {
          const received: Uint8Array[] = []
          const take = deframer(message => received.push(Uint8Array.from(message)))
          const stream = joined(messages)
          for (let at = 0, i = 0; at < stream.length; i++) {
            const length = cuts.length === 0 ? stream.length : (cuts[i % cuts.length] as number)
            expect(take(stream.subarray(at, at + length))).toBe(true)
            at += length
          }
          expect(received).toEqual(messages)
        },
      ),
    )
  })

  it('hands on nothing of a message that has not come to its end', () => {
    const received: Uint8Array[] = []
    const take = deframer(message => received.push(message))
    take(frame(new Uint8Array(100)).subarray(0, 103))
    expect(received).toEqual([])
  })

  it('refuses a message that says that it is longer than any may be', () => {
    const prefix = new Uint8Array(4)
    new DataView(prefix.buffer).setUint32(0, MAX_MESSAGE + 1)
    expect(deframer(() => undefined)(prefix)).toBe(false)
  })
})
