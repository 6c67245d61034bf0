/** Messages in a stream of bytes: each stands after its length, in four bytes. */

const PREFIX = 4
/** In bytes; a longer message is none. */
export const MAX_MESSAGE = 2 ** 24

export const frame = (message: Uint8Array): Uint8Array => {
  const framed = new Uint8Array(PREFIX + message.length)
  new DataView(framed.buffer).setUint32(0, message.length)
  framed.set(message, PREFIX)
  return framed
}

/** Takes a stream as it comes, in pieces of any length, and hands on each message once it is whole; false for one that is too long. */
export const deframer = (received: (message: Uint8Array) => void): ((bytes: Uint8Array) => boolean) => {
  let pieces: Uint8Array[] = []
  let held = 0
  const take = (length: number): Uint8Array => {
    const all = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces, held)
    pieces = all.length > length ? [all.subarray(length)] : []
    held -= length
    return all.subarray(0, length)
  }
  let expected: number | null = null
  return bytes => {
    pieces.push(bytes)
    held += bytes.length
    for (;;) {
      if (expected === null) {
        if (held < PREFIX) return true
        const prefix = take(PREFIX)
        expected = new DataView(prefix.buffer, prefix.byteOffset).getUint32(0)
        if (expected > MAX_MESSAGE) return false
      }
      if (held < expected) return true
      const message = take(expected)
      expected = null
      received(message)
    }
  }
}
