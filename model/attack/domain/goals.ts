/** Goals of an attacker: to learn a secret, to use a key, to land contents, to control a cluster, to pose as an HSM of one. */
import { program, reader, type Program, type Written } from '../clause.ts'
import type { Asked } from '../lattice.ts'
import { channel } from './channel.ts'
import { deductions } from './deductions.ts'
import { hardware } from './hardware.ts'
import { honest } from './honest.ts'
import { LANGUAGE } from './language.ts'
import { service } from './service.ts'

/** All rules of the domain, as they are written. */
export const WRITTEN: readonly Written[] = [...honest, ...service, ...hardware, ...channel, ...deductions]

/** The domain. */
export const DOMAIN: Program = program(LANGUAGE, WRITTEN)

export interface Goal extends Asked {
  readonly kind: 'learn' | 'use' | 'land' | 'control' | 'pose'
  /** What is reached, in words. */
  readonly says: string
}

const read = reader(LANGUAGE)

const CLUSTERS = [
  ['fips', 'FIPS'],
  ['nonfips', 'NON_FIPS'],
] as const

type Told = readonly [kind: Goal['kind'], what: string, says: string, ...patterns: readonly string[]]

const ofCluster = (cluster: string, mode: string): readonly Told[] => [
  ['learn', 'key', 'a key that was generated inside', `know(key(${cluster}))`],
  ['learn', 'imported', 'a key that was imported', `know(imported(${cluster}))`],
  ['learn', 'officer', "the officer's password", `know(pw(CO, ${cluster}, now))`],
  ['learn', 'user', "the crypto user's password", `know(pw(CU, ${cluster}, now))`],
  ['learn', 'certificate', "the private key of the cluster's certificate", `know(certkey(${cluster}))`],
  ['learn', 'bek', 'a BEK', `know(bek(V, M, snap(${cluster}, E)))`],
  ['learn', 'masking', 'a key that masks contents between HSMs', `know(mask(V, M, snap(${cluster}, E)))`],
  ['learn', 'channel', 'a channel key', `know(chan(V, M, snap(${cluster}, E)))`, `know(static(certkey(${cluster})))`],
  ['learn', 'pbk', `the wrapping key of ${mode} mode`, `derives(${mode})`],
  ['use', 'key', 'the key that was generated', `uses(key(${cluster}))`],
  ['use', 'imported', 'the key that was imported', `uses(imported(${cluster}))`],
  ['land', 'contents', 'the contents where it has credentials', `lands(${cluster})`],
  ['control', 'new', 'the cluster, in the place of the customer who would have activated it', `activates(${cluster})`],
  ['control', 'active', 'the cluster, after the customer has activated it', `commands(${cluster})`],
  ['pose', 'cluster', 'an HSM of the cluster, to its client', `connected(${cluster}, spare(M))`],
]

const goal = (suffix: string, [kind, what, says, ...patterns]: Told): Goal => ({
  id: `${kind}.${what}${suffix}`,
  kind,
  says,
  patterns: patterns.map(read),
})

/** Every goal, those about one cluster twice: in FIPS mode and in non-FIPS mode. */
export const GOALS: readonly Goal[] = [
  ...CLUSTERS.flatMap(([cluster, mode]) => ofCluster(cluster, mode).map(told => goal(`.${cluster}`, told))),
  goal('', ['learn', 'mkbk', 'MKBK', 'know(mkbk(genuine))']),
  goal('', ['learn', 'akbk', 'AKBK', 'know(akbk)']),
  goal('', ['learn', 'share', "the other officer's share of AKBK", 'know(share(second))']),
]
