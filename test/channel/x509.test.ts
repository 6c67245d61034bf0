/** X.509 behind the port of certificates: what is read is one certificate or request, and the same is written of the same. */
import { describe, expect, it } from 'vitest'
import { createAuthority } from '../../impl/index.ts'
import { fromPem, toPem } from '../../impl/x509/index.ts'
import { authority, codec, entropy, provisioned } from './world.ts'

const request = provisioned(900).certificateRequest() ?? new Uint8Array(0)
const certificate = authority.issue(request) ?? new Uint8Array(0)
const longer = (bytes: Uint8Array): Uint8Array => Uint8Array.from([...bytes, 0])

describe('a certificate', () => {
  it('§certificate.form is of the key that was asked for, and a function of what it certifies', () => {
    expect(codec.keyIn(certificate)).toEqual(codec.readRequest(request))
    expect(codec.keyUnder(authority.anchor, certificate)).toEqual(codec.readRequest(request))
    expect(authority.issue(request)).toEqual(certificate)
    expect(createAuthority(entropy(1_000_001), codec).anchor).toEqual(authority.anchor)
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a byte more', longer(certificate)],
    ['a byte less', certificate.slice(0, -1)],
    ['PEM', Uint8Array.from(Buffer.from(toPem('CERTIFICATE', certificate)))],
    ['a request', request],
  ])('§certificate.form is not read where there is %s', (_, bytes) => {
    expect([codec.keyIn(bytes), codec.keyUnder(authority.anchor, bytes), codec.keyUnder(bytes, certificate)]).toEqual([
      null,
      null,
      null,
    ])
  })

  it('§client.authority does not vouch for itself: the authority is no HSM, nor an HSM an authority', () => {
    expect(codec.keyUnder(authority.anchor, authority.anchor)).toBeNull()
    expect(codec.keyUnder(certificate, certificate)).toBeNull()
    expect(codec.keyUnder(certificate, authority.anchor)).toBeNull()
  })

  it('is the same in PEM, whatever stands around it', () => {
    expect(fromPem('CERTIFICATE', `before\n${toPem('CERTIFICATE', certificate)}after`)).toEqual(certificate)
    expect(fromPem('CERTIFICATE', toPem('CERTIFICATE REQUEST', request))).toBeNull()
  })
})

describe('a request', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['a byte more', longer(request)],
    ['a byte less', request.slice(0, -1)],
    ['a certificate', certificate],
    ['another byte', request.map((byte, i) => (i === 60 ? byte ^ 1 : byte))],
  ])('§certificate.request is not certified where there is %s', (_, bytes) => {
    expect([codec.readRequest(bytes), authority.issue(bytes)]).toEqual([null, null])
  })
})
