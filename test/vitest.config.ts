/** How the tests are run: what counts as one, how long it may take, whether SLOW asks for the slow ones, and where TEST_RESULTS wants a report in JSON. */
import process from 'node:process'
import { defineConfig } from 'vitest/config'

/** Tests that .ci/run runs and `npm test` does not. */
const SLOW = 'test/**/*.slow.test.ts'
const isSlow = process.env['SLOW'] !== undefined
const outputFile = process.env['TEST_RESULTS']

export default defineConfig({
  test: {
    include: isSlow ? [SLOW] : ['test/**/*.test.ts'],
    exclude: isSlow ? [] : [SLOW],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
    reporters: outputFile === undefined ? ['default'] : ['default', ['json', { outputFile }]],
  },
})
