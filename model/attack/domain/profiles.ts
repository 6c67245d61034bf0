/** Who attacks, as data: what each has, and what it can restore backups on. */
import type { Capability } from './capabilities.ts'

export interface Profile {
  readonly id: string
  readonly who: string
  readonly capabilities: readonly Capability[]
  /** What it can restore backups on. */
  readonly restoresOn: string
}

const FLEET = 'HSMs of the fleet, and commissioned units in its own hands'
const NOTHING = 'nothing'

const ALONE: readonly Profile[] = [
  {
    id: 'service',
    who: 'the service itself',
    capabilities: [
      'archive',
      'rewrite',
      'fleet',
      'delay',
      'carry',
      'client',
      'unpinned',
      'stolen',
      'ceremony',
      'first-share',
    ],
    restoresOn: FLEET,
  },
  {
    id: 'help',
    who: "the service with the customer's willing help but no credentials, the customer's client not running",
    capabilities: ['archive', 'rewrite', 'fleet', 'delay', 'carry', 'help', 'stolen', 'ceremony', 'first-share'],
    restoresOn: FLEET,
  },
  { id: 'thief', who: 'a thief of the archive', capabilities: ['archive'], restoresOn: NOTHING },
  {
    id: 'tenant',
    who: 'another customer of the same service, with whom a backup was shared',
    capabilities: ['account', 'shared'],
    restoresOn: 'HSMs of clusters of its own',
  },
  {
    id: 'former-user',
    who: 'a former crypto user who kept credentials and an old backup',
    capabilities: ['old-user', 'old-backup'],
    restoresOn: NOTHING,
  },
  {
    id: 'former-officer',
    who: 'a former crypto officer who kept credentials and an old backup',
    capabilities: ['old-officer', 'old-backup'],
    restoresOn: NOTHING,
  },
  {
    id: 'counterfeiter',
    who: "a counterfeiter with the manufacturer's hardware outside AWS and a copy of the archive",
    capabilities: ['hardware', 'counterfeit', 'archive'],
    restoresOn: "the manufacturer's units, not commissioned, and counterfeit ones",
  },
  {
    id: 'insider',
    who: 'an insider with AWS hardware, one of the two ceremony shares and a copy of the archive',
    capabilities: ['stolen', 'first-share', 'archive'],
    restoresOn: 'commissioned units in its own hands',
  },
  {
    id: 'forger',
    who: 'a forger of firmware with AWS hardware and a copy of the archive',
    capabilities: ['forge', 'stolen', 'archive'],
    restoresOn: 'commissioned units in its own hands',
  },
  {
    id: 'signer',
    who: 'a holder of a non-FIPS signing key of the manufacturer, with its hardware outside AWS and a copy of the archive',
    capabilities: ['forge', 'other-key', 'hardware', 'archive'],
    restoresOn: "the manufacturer's units, not commissioned",
  },
  {
    id: 'listener',
    who: 'a passive listener who is given everything else later',
    capabilities: ['listen', 'client', 'later'],
    restoresOn: NOTHING,
  },
]

const [SERVICE, ...OTHERS] = ALONE as readonly [Profile, ...Profile[]]

const joined = ({ id, who, capabilities, restoresOn }: Profile): Profile => ({
  id: `${id}+service`,
  who: `${who}, joined with the service`,
  capabilities: [...new Set([...capabilities, ...SERVICE.capabilities])],
  restoresOn: [...new Set([FLEET, ...(restoresOn === NOTHING ? [] : [restoresOn])])].join('; '),
})

/** Each alone, then each joined with the service. */
export const PROFILES: readonly Profile[] = [...ALONE, ...OTHERS.map(joined)]
