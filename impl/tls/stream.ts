/** A Node stream at one end of a wire, as TLS asks for one. */
import { Duplex } from 'node:stream'
import type { Wire } from '../hsm/index.ts'

/** The stream of whoever is at this end, given how to reach the other; null where that cannot be reached. */
export const streamOver = (reach: (near: Wire) => Wire | null): Duplex | null => {
  let isOver = false
  const stream = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _encoding, done) => {
      far?.send(bytes)
      done()
    },
    final: done => {
      far?.end()
      done()
    },
    destroy: (error, done) => {
      isOver = true
      far?.end()
      done(error)
    },
  })
  const near: Wire = {
    send: bytes => {
      if (!isOver) stream.push(bytes)
    },
    end: () => {
      if (!isOver) stream.push(null)
      isOver = true
    },
  }
  const far = reach(near)
  return far === null ? null : stream
}
