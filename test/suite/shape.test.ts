/** Events are told from what is none: every event of every tour is one, and none is without a field that it has to have. */
import { describe, expect, it } from 'vitest'
import { RULES, cloudHsm, smoke } from '../../model/index.ts'
import { isEvent, isRule, survey } from '../conformance/index.ts'

const { tours } = survey(cloudHsm(), smoke)
const events = tours.flatMap(({ story }) => story)

/** Fields that an event may do without: the name of what it makes, and what a request need not ask for. */
const SAID = ['retention', 'subnets', 'hsmLimit', 'zone', 'region', 'account', 'shared', 'only', 'freest', 'checked']
const OPTIONAL = ['makes', ...SAID]

/** Where a copy goes has to be said, where a request goes has not. */
const isDestination = (rule: string, field: string) => rule === 'CopyBackupToRegion' && field === 'region'

describe('an event', () => {
  it('is known as one, of every rule there is', () => {
    expect(events.filter(event => !isEvent(event))).toEqual([])
    const told = new Set(events.map(({ rule }) => rule))
    expect(
      Object.values(RULES)
        .flat()
        .filter(rule => !told.has(rule) || !isRule(rule)),
    ).toEqual([])
  })
  it('of time lets seven days pass, those of one tour less than ninety together', () => {
    const elapsed = tours.map(({ story }) => story.filter(({ rule }) => rule === 'Elapse').length)
    expect(Math.max(...elapsed) * 7).toBeLessThan(90)
  })
  it('is none without any one of its fields, but for those that it may do without', () => {
    for (const event of events) {
      const isNeeded = (field: string) =>
        !OPTIONAL.includes(field) || event.rule === 'ModifyCluster' || isDestination(event.rule, field)
      for (const field of Object.keys(event).filter(isNeeded)) {
        const { [field]: _left, ...rest } = event as Readonly<Record<string, unknown>>
        expect(isEvent(rest), `${event.rule} without ${field}`).toBe(false)
      }
    }
  })
  it.each([[null], ['Elapse'], [{}], [{ rule: 'constructor' }], [{ rule: 'Boot', firmware: 'none' }]])(
    'is not %j',
    value => {
      expect(isEvent(value)).toBe(false)
    },
  )
})
