/** PEM (RFC 7468), the form in which AWS's API and OpenSSL show certificates and requests, around the DER that is used inside. */

export type Pem = 'CERTIFICATE' | 'CERTIFICATE REQUEST'

const WIDTH = 64

/** Text with lines of 64 characters, the last ended as the others. */
export const toPem = (kind: Pem, der: Uint8Array): string => {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(new RegExp(`.{1,${WIDTH}}`, 'g'))
  return [`-----BEGIN ${kind}-----`, ...(lines ?? []), `-----END ${kind}-----`, ''].join('\n')
}

/** The DER of the first block of this kind; null where there is none. Text before it, as OpenSSL prints some, is passed over. */
export const fromPem = (kind: Pem, text: string): Uint8Array | null => {
  const block = new RegExp(`-----BEGIN ${kind}-----\\s([A-Za-z0-9+/=\\s]+)-----END ${kind}-----`).exec(text)?.[1]
  return block === undefined ? null : Uint8Array.from(Buffer.from(block, 'base64'))
}
