/** Events are told from what is none: every event of every tour is one, and none is without any of its fields. */
import { describe, expect, it } from 'vitest'
import { RULES, cloudHsm, smoke } from '../../model/index.ts'
import { isEvent, isRule, survey } from '../conformance/index.ts'

const events = survey(cloudHsm(), smoke).tours.flatMap(({ story }) => story)

const isOptional = (rule: string, field: string): boolean =>
  ['makes', 'account', 'shared'].includes(field) || (field === 'region' && rule !== 'CopyBackupToRegion')

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
  it('is none without any one of its fields, but for the name of what it makes and where and by whom it is asked', () => {
    for (const event of events)
      for (const field of Object.keys(event).filter(name => !isOptional(event.rule, name))) {
        const { [field]: _left, ...rest } = event as Readonly<Record<string, unknown>>
        expect(isEvent(rest), `${event.rule} without ${field}`).toBe(false)
      }
  })
  it.each([[null], ['Elapse'], [{}], [{ rule: 'constructor' }], [{ rule: 'Boot', firmware: 'none' }]])(
    'is not %j',
    value => {
      expect(isEvent(value)).toBe(false)
    },
  )
})
