/** The one command that CI runs, with an npm of the test's own: its last line is the true count, its exit code the verdict. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/spec/index.ts'

interface World {
  readonly ci?: number
  readonly test?: number
  readonly conformance?: number
  /** Exit code of the slow tests, and the statuses of each of their suites. */
  readonly slow?: number
  readonly slowSuites?: readonly (readonly string[])[]
  /** Statuses of the tests of each suite; null when the tests did not run. */
  readonly suites: readonly (readonly string[])[] | null
}

const reportOf = (suites: readonly (readonly string[])[]): string =>
  JSON.stringify({
    testResults: suites.map(statuses => ({
      status: statuses.length === 0 || statuses.includes('failed') ? 'failed' : 'passed',
      assertionResults: statuses.map(status => ({ status })),
    })),
  })

const npmOf = ({
  ci = 0,
  test = 0,
  conformance = 0,
  slow = 0,
  slowSuites = [],
  suites,
}: World): string => `#!/usr/bin/env bash
case "$*" in
  "run conformance") exit ${conformance} ;;
  "run slow") echo '${reportOf(slowSuites)}' >"$TEST_RESULTS"; exit ${slow} ;;
  "cit") [ ${ci} -eq 0 ] || exit ${ci} ;;
  *) exit 99 ;;
esac
${suites === null ? '' : `echo '${reportOf(suites)}' >"$TEST_RESULTS"`}
exit ${test}
`

const run = (world: World): { readonly last: string | undefined; readonly code: number | null } => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-'))
  try {
    writeFileSync(join(folder, 'npm'), npmOf(world))
    chmodSync(join(folder, 'npm'), 0o755)
    const path = `${folder}:${process.env['PATH'] ?? ''}`
    const { stdout, status } = spawnSync(join(ROOT, '.ci/run'), {
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    })
    return { last: stdout.trimEnd().split('\n').at(-1), code: status }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('.ci/run', () => {
  it.each<[string, World, string, number]>([
    [
      'counts the tests and the conformance run',
      { suites: [['passed', 'passed'], ['passed']] },
      '4 passed, 0 failed',
      0,
    ],
    ['counts the slow tests', { slowSuites: [['passed', 'passed']], suites: [['passed']] }, '4 passed, 0 failed', 0],
    [
      'counts a slow test that fails',
      { slow: 1, slowSuites: [['failed']], suites: [['passed']] },
      '2 passed, 1 failed',
      1,
    ],
    ['counts slow tests that do not run', { slow: 1, suites: [['passed']] }, '2 passed, 1 failed', 1],
    ['does not count what was skipped', { suites: [['passed', 'skipped']] }, '2 passed, 0 failed', 0],
    ['counts a failed test', { test: 1, suites: [['passed', 'failed']] }, '2 passed, 1 failed', 1],
    ['counts a suite that does not load', { test: 1, suites: [['passed'], []] }, '2 passed, 1 failed', 1],
    [
      'counts a test run that fails although each test passes',
      { test: 1, suites: [['passed']] },
      '2 passed, 1 failed',
      1,
    ],
    ['counts a broken conformance run', { conformance: 1, suites: [['passed']] }, '1 passed, 1 failed', 1],
    ['counts an undecided conformance run', { conformance: 2, suites: [['passed']] }, '1 passed, 1 failed', 1],
    ['counts a check before the tests that fails', { test: 1, suites: null }, '1 passed, 1 failed', 1],
    ['counts an installation that fails', { ci: 1, conformance: 1, suites: null }, '0 passed, 2 failed', 1],
    ['fails when no test ran', { suites: [] }, '1 passed, 0 failed', 1],
  ])('%s', (_, world, last, code) => {
    expect(run(world)).toEqual({ last, code })
  })
})
