/** A secret in the forms in which it might be written: the closed list of what the watch over bytes looks for. */
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Fewer bytes than this are no secret: anybody could guess them, and they stand in many places by chance. */
export const LEAST_SECRET = 16

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0))
const reversed = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse()

/** The characters of a base64 text that the secret alone decides, when it stands `offset` bytes after a multiple of three. */
const base64At = (secret: Uint8Array, offset: number): string => {
  const whole = btoa(' '.repeat(offset) + String.fromCharCode(...secret))
  return whole.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + secret.length) * 4) / 3))
}

/** As it is, in hex of either case, in base64 and base64url at each of three offsets, in UTF-16 of either order of bytes. */
const written = (secret: Uint8Array): readonly Uint8Array[] => {
  const hex = bytesToHex(secret)
  const base64 = [0, 1, 2].map(offset => base64At(secret, offset))
  const url = base64.map(text => text.replaceAll('+', '-').replaceAll('/', '_'))
  // Without the zero at either end both orders of bytes look the same.
  const utf16 =
    secret.length === 0
      ? secret
      : Uint8Array.from({ length: secret.length * 2 - 1 }, (_, at) => (at % 2 === 0 ? (secret[at / 2] ?? 0) : 0))
  return [secret, utf16, ...[hex, hex.toUpperCase(), ...base64, ...url].map(latin1)]
}

/** The bytes that a secret is: of a text its own, and what it stands for where it is hex. */
const bytesOf = (secret: string | Uint8Array): readonly Uint8Array[] => {
  if (typeof secret !== 'string') return [secret]
  const stands = /^([0-9a-f]{2})+$/i.test(secret) ? [hexToBytes(secret)] : []
  return [utf8ToBytes(secret), ...stands].filter(({ length }) => length >= LEAST_SECRET)
}

/** All of that, of the secret and of the secret backwards, and each of it backwards. None is shorter than 16 bytes. */
export const formsOf = (secret: string | Uint8Array): readonly Uint8Array[] => {
  const forms = bytesOf(secret).flatMap(bytes => {
    const forwards = written(bytes)
    return [...forwards, ...written(reversed(bytes)), ...forwards.map(reversed)]
  })
  return [...new Map(forms.map(form => [String.fromCharCode(...form), form])).values()]
}
