/** X.509 as the rest of the world may use it: certificates, requests, and the attestation of HSMs. */
export { tenYears, x509Codec, type X509Options } from './codec.ts'
export { chainParts, type ChainParts } from './read.ts'
export { coordinatesOf, spkiOf } from './keys.ts'
export { fromPem, toPem, type Pem } from './pem.ts'
export type { Lifetime } from './write.ts'
export {
  attestationParts,
  verifyAttestation,
  x509Attester,
  type AttestationCode,
  type AttestationParts,
  type AttesterOptions,
  type Expected,
} from './attestation.ts'
