/** The failing example of the README is what the command line prints. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/spec/index.ts'
import { cli } from './run.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

describe('the README', () => {
  it('shows what conform prints of a broken implementation, §key.akbk', async () => {
    const [, clause = '', shown] =
      /^\$ npm run -s cli -- conform --fault '(.*)'\n([\s\S]*?)^```/m.exec(read('README.md')) ?? []
    const { out } = await cli(['conform', '--fault', clause])
    expect(shown).toBe(out)
  })
})
