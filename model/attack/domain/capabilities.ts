/** What an attacker may have, each a sentence; a defence that lapses is one of them. Capabilities only add moves. */

export const CAPABILITIES = {
  archive: 'reads what the service keeps of backups',
  rewrite: 'puts into the archive what it likes',
  fleet: 'has HSMs of the fleet provisioned, fail and be restored from what it likes',
  delay: 'keeps HSMs from being backed up when it is time',
  carry: 'carries what goes to and from HSMs: it may keep, drop, replay and send as it likes',
  listen: "hears what goes between the customer's client and the HSMs",
  client: "the customer's client runs meanwhile",
  help: 'the customer certifies whatever it is shown, and shares no password',
  account: 'has an account of its own',
  shared: "the customer shares a backup with the attacker's account",
  'old-user': 'knows the password that the crypto user had when an older backup was taken',
  'old-officer': 'knows the password that the officer had when an older backup was taken',
  'old-backup': 'has kept that older backup',
  hardware: "has a unit of the manufacturer's hardware that nobody has commissioned",
  counterfeit: "makes hardware with the manufacturer's boot ROM and another MKBK",
  stolen: 'has commissioned hardware in its own hands',
  ceremony: 'brings a unit of its choice before the two officers of the ceremony',
  'first-share': 'is one of the two officers',
  'second-share': 'is the other',
  forge: 'writes firmware of its own',
  'other-key': 'signs firmware with a key of the manufacturer that is not the FIPS production key',
  'production-key': 'signs firmware with the FIPS production key',
  weak: 'the passwords are among those that are tried first',
  unattested: 'the customer does not check the attestation before it certifies a cluster',
  unchecked: "the customer's client does not check the cluster certificate",
  unpinned: "the customer's client takes any certificate of the customer's authority for its cluster's, as AWS's does",
  opened: 'opens hardware and finds the root keys still there',
  later: 'is given all keys that outlast a session, and no password, afterwards',
} as const

export type Capability = keyof typeof CAPABILITIES

export const ALL = Object.keys(CAPABILITIES) as readonly Capability[]

export const isCapability = (word: string): word is Capability => word in CAPABILITIES
