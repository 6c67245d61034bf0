/** The facts that are folded are those that a look at all slots finds. */
import { expect, it } from 'vitest'
import { smoke } from '../../model/index.ts'
import { always, check, sometimes, type StateReads } from '../../properties/index.ts'

type Facts = StateReads['facts'][number]

/** The facts about a cluster slot, found by looking at everything. */
const scanned = ({ cluster, hsm, backup }: StateReads, slot: number): Facts => {
  const hsms = [...hsm.keys()].filter(at => hsm[at]?.context.cluster === slot)
  const active = hsms.filter(at => hsm[at]?.value === 'ACTIVE')
  const held = active.flatMap(at => hsm[at]?.context.contents ?? [])
  const isOwn = ({ context }: (typeof backup)[number]) => context.cluster === slot
  const newestOwn = backup.findLastIndex(one => one.value !== 'vacant' && isOwn(one))
  return {
    isKnown: !/^(vacant|DELETED)$/.test(cluster[slot]?.value ?? 'vacant'),
    hasHsm: hsms.length > 0,
    hasActive: active.length > 0,
    hasDeleting: hsms.some(at => hsm[at]?.value === 'DELETE_IN_PROGRESS'),
    hsms,
    active,
    users: held.map(({ users }) => users),
    officer: held.map(({ officer }) => officer),
    second: held.map(({ second }) => second),
    third: held.map(({ third }) => third),
    quorum: held.map(({ quorum }) => quorum),
    tokens: active.flatMap(at => [hsm[at]?.context.tokens ?? []]),
    types: active.flatMap(at => [hsm[at]?.context.hsmType ?? null]),
    isLimited: /^(MODIFY|ROLLBACK)_IN_PROGRESS$/.test(cluster[slot]?.value ?? ''),
    newestOlder: backup.findLastIndex(
      one => isOwn(one) && one.value === 'READY' && !one.context.rejected && one.context.hsmType === 'hsm1.medium',
    ),
    failures: active.flatMap(at => hsm[at]?.context.failures ?? []),
    keys: held.map(({ keys }) => keys),
    certificates: held.map(({ certificates }) => certificates),
    configuration: held.map(({ configuration }) => configuration),
    isSealing: backup.some(one => one.value === 'CREATE_IN_PROGRESS' && isOwn(one)),
    newestOwn,
    newestReady: backup.findLastIndex(one => one.value === 'READY' && isOwn(one)),
    newestUsable: backup.findLastIndex(one => {
      const counts = newestOwn === -1 ? one.context.sourceOf.includes(slot) : isOwn(one)
      return one.value === 'READY' && !one.context.rejected && counts
    }),
    isArchiveReady: backup.some(({ value }) => value === 'READY'),
    awaited: backup.flatMap(({ value, context }) =>
      value === 'CREATE_IN_PROGRESS' && context.final !== null ? [context.final] : [],
    ),
  }
}

const told = (facts: Facts | undefined): string => JSON.stringify(Object.entries(facts ?? {}).toSorted())

it.each(['newest', 'pair', 'tamper', 'contents', 'users', 'tokens'])(
  'what is folded is what is found by looking at all of smoke.%s',
  name => {
    const about = { id: '§facts', reads: ['cluster', 'hsm', 'backup', 'facts'] } as const
    const same = always({
      ...about,
      says: 'Facts are right.',
      each: 'cluster',
      holds: (state, slot) => told(state.facts[slot]) === told(scanned(state, slot)),
    })
    const shown = sometimes({
      ...about,
      says: 'Facts tell states apart.',
      reached: ({ facts }) => facts.some(({ newestUsable }) => newestUsable !== -1),
    })
    const scopes = smoke.filter(scope => scope.name === `smoke.${name}`)
    const { properties } = check({ scopes, properties: [same, shown], engine: 'plain' })
    expect(properties.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['holds', undefined],
      ['holds', undefined],
    ])
  },
)
