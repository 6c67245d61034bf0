/** The other broken implementations: each is rejected under its own clause. */
import { expect, it } from 'vitest'
import { faults } from '../faults/index.ts'
import { judged } from './faults-put.ts'

it.each(faults.filter((_, at) => at % 4 !== 0))(
  'a broken implementation of $clause is rejected under that clause, whatever the seed',
  async fault => {
    const { said, expected } = await judged(fault)
    expect(said).toEqual(expected)
  },
)
