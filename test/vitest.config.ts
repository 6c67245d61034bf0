/** How the tests are run: what counts as one, how long it may take, and where TEST_RESULTS wants a report in JSON. */
import process from 'node:process'
import { defineConfig } from 'vitest/config'

const outputFile = process.env['TEST_RESULTS']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: outputFile === undefined ? ['default'] : ['default', ['json', { outputFile }]],
  },
})
