/** How the tests are run: what counts as one, how long it may take, whether SLOW asks for the slow ones (`some`: without the longest of them), and where TEST_RESULTS wants a report in JSON. */
import process from 'node:process'
import { defineConfig } from 'vitest/config'

/** Tests that .ci/run runs and `npm test` does not. */
const SLOW = 'test/**/*.slow.test.ts'
/** Tests for which there is no time even there; `npm run slow` has them all. */
const LONG = 'test/**/*.long.test.ts'
const slow = process.env['SLOW']
const outputFile = process.env['TEST_RESULTS']

export default defineConfig({
  test: {
    include: slow === undefined ? ['test/**/*.test.ts'] : slow === 'some' ? [SLOW] : [SLOW, LONG],
    exclude: slow === undefined ? [SLOW, LONG] : [],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
    reporters: outputFile === undefined ? ['default'] : ['default', ['json', { outputFile }]],
  },
})
