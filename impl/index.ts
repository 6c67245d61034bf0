/** The reference implementation as the rest of the world may use it. */
export { createAccount, DEFAULT_CHOICES, type Account, type AccountOptions, type AccountParts } from './account.ts'
export { defaultClientParts, type ClientCode, type ClientParts, type Trust } from './client/index.ts'
export { SUBNETS, defaultServiceParts, zonesOf } from './service/index.ts'
export type {
  Archive,
  Backup,
  Choices,
  Cluster,
  ControlCode,
  DescribedBackup,
  DescribedCluster,
  Due,
  Effect,
  Emission,
  Founding,
  HsmRecord,
  HsmType,
  Service,
  ServiceParts,
  ShownLabel,
  Sources,
  Subnet,
  Zone,
} from './service/index.ts'
export {
  createAuthority,
  createFactory,
  defaultParts,
  encodeBackup,
  encodeHeader,
  generate,
  instantiate,
  parseBackup,
  type Authority,
  type Command,
  type Factory,
  type Hsm,
  type Inspection,
  type Line,
  type Mode,
  type OfficerCard,
  type Parts,
} from './hsm/index.ts'
