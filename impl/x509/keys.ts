/** P-256 public keys in the forms that are needed: points of 33 bytes in this repository, SubjectPublicKeyInfo in X.509. */
import { ECDH, createPublicKey, type KeyObject } from 'node:crypto'

const CURVE = 'prime256v1'
const COORDINATE = 32

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

const SHORT = 16

/** The end of a key in hex, which is enough to name it by. */
export const shortOf = (publicKey: Uint8Array): string => Buffer.from(publicKey).toString('hex').slice(-SHORT)

/** The two coordinates of a compressed point, as a JSON Web Key has them. */
export const coordinatesOf = (publicKey: Uint8Array): { readonly x: string; readonly y: string } => {
  const point = ECDH.convertKey(publicKey, CURVE, undefined, undefined, 'uncompressed') as Buffer
  return { x: base64url(point.subarray(1, 1 + COORDINATE)), y: base64url(point.subarray(1 + COORDINATE)) }
}

/** SubjectPublicKeyInfo (RFC 5480) of a compressed point, in DER, the point uncompressed as OpenSSL writes it. */
export const spkiOf = (publicKey: Uint8Array): Uint8Array =>
  createPublicKey({ key: { kty: 'EC', crv: 'P-256', ...coordinatesOf(publicKey) }, format: 'jwk' }).export({
    type: 'spki',
    format: 'der',
  })

/** The compressed point of 33 bytes; null for a key that is not of P-256. */
export const pointOf = (key: KeyObject): Uint8Array | null => {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== CURVE) return null
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return Uint8Array.from(ECDH.convertKey(point, CURVE, undefined, undefined, 'compressed') as Buffer)
}
