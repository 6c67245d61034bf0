/** X.509 certificates (RFC 5280) and PKCS#10 requests (RFC 2986), written in DER and signed with ECDSA and SHA-256. */
import { createHash } from 'node:crypto'
import { CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { derSignature, type Signer } from '../hsm/index.ts'
import { spkiOf } from './keys.ts'

/** When a certificate is valid, both ends included, in seconds since the epoch. */
export interface Lifetime {
  readonly from: number
  readonly to: number
}

/** What a certificate says: whose key it is, and whether that may issue others. */
export interface Subject {
  readonly name: string
  readonly publicKey: Uint8Array
  readonly authority: boolean
}

const ORGANIZATION = '2.5.4.10'
const COMMON_NAME = '2.5.4.3'
const SHA256 = 'sha256'
const IDENTIFIER = 20
/** RFC 5280 §4.1.2.2: at most 20 bytes, and positive. */
const SERIAL = 16

/** RFC 5758 §3.2: without parameters. */
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const algorithm = (): AlgorithmIdentifier => new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 })

const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

const attribute = (type: string, text: string): RelativeDistinguishedName =>
  new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) })])

const nameOf = (common: string): Name =>
  new Name([attribute(ORGANIZATION, 'cloudhsm-conformance'), attribute(COMMON_NAME, common)])

const subjectKey = (publicKey: Uint8Array): SubjectPublicKeyInfo =>
  AsnConvert.parse(buffer(spkiOf(publicKey)), SubjectPublicKeyInfo)

const signed = (signer: Signer, body: ArrayBuffer): ArrayBuffer =>
  buffer(derSignature(signer.sign(new Uint8Array(body))))

/** RFC 7093 §2, method 1: the leftmost 160 bits of SHA-256 over the key. */
const identifierOf = (publicKey: Uint8Array): ArrayBuffer =>
  buffer(
    createHash(SHA256)
      .update(new Uint8Array(subjectKey(publicKey).subjectPublicKey))
      .digest()
      .subarray(0, IDENTIFIER),
  )

/** A function of what is certified, so that the same certificate is made of the same. */
const serialOf = (issuer: Uint8Array, { publicKey, name }: Subject, { from, to }: Lifetime): ArrayBuffer => {
  const digest = createHash(SHA256).update(issuer).update(publicKey).update(`${name} ${from} ${to}`).digest()
  const serial = digest.subarray(0, SERIAL)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  return buffer(serial)
}

const extension = (extnID: string, critical: boolean, value: unknown): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })

const extensionsOf = (issuer: Uint8Array, { publicKey, authority }: Subject): Extensions => {
  const usage = authority ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature
  const keyIdentifier = new KeyIdentifier(identifierOf(issuer))
  return new Extensions([
    extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: authority })),
    extension(id_ce_keyUsage, true, new KeyUsage(usage)),
    extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifierOf(publicKey))),
    extension(id_ce_authorityKeyIdentifier, false, new AuthorityKeyIdentifier({ keyIdentifier })),
  ])
}

const instant = (seconds: number): Date => new Date(seconds * 1000)

/** A certificate of a subject by an issuer of this name; a root where the two are the same. */
export const writeCertificate = (
  issuer: { readonly name: string; readonly signer: Signer },
  subject: Subject,
  lifetime: Lifetime,
): Uint8Array => {
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialOf(issuer.signer.publicKey, subject, lifetime),
    signature: algorithm(),
    issuer: nameOf(issuer.name),
    validity: new Validity({ notBefore: instant(lifetime.from), notAfter: instant(lifetime.to) }),
    subject: nameOf(subject.name),
    subjectPublicKeyInfo: subjectKey(subject.publicKey),
    extensions: extensionsOf(issuer.signer.publicKey, subject),
  })
  const signatureValue = signed(issuer.signer, AsnConvert.serialize(tbsCertificate))
  const certificate = new Certificate({ tbsCertificate, signatureAlgorithm: algorithm(), signatureValue })
  return new Uint8Array(AsnConvert.serialize(certificate))
}

/** A request for a certificate of the signer's key. §certificate.request */
export const writeRequest = (name: string, signer: Signer): Uint8Array => {
  const certificationRequestInfo = new CertificationRequestInfo({
    subject: nameOf(name),
    subjectPKInfo: subjectKey(signer.publicKey),
  })
  const signature = signed(signer, AsnConvert.serialize(certificationRequestInfo))
  const request = new CertificationRequest({ certificationRequestInfo, signatureAlgorithm: algorithm(), signature })
  return new Uint8Array(AsnConvert.serialize(request))
}
