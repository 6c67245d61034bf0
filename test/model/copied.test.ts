/** Copies of backups that were altered in the archive: a copy is what its source is, also to the adversary. */
import { expect, it } from 'vitest'
import { cloudHsm, initial, scopeNamed, step, type Input, type State } from '../../model/index.ts'

const model = cloudHsm()
const start = scopeNamed('smoke.splice')?.starts[1] ?? []

/** After a cluster in each mode has left a backup, the first FIPS, and these. */
const after = (...inputs: readonly Input[]): State =>
  [...start, ...inputs].reduce<State>(
    (state, input) => {
      const taken = step(model, state, input)
      if (taken.kind === 'blocked' || taken.outcome.kind !== 'accepted')
        throw new Error(`expected ${input.rule} to be accepted`)
      return taken.after
    },
    initial(model, { cluster: 2, hsm: 1, backup: 3, hardware: 1 }),
  )

const copied: Input = { rule: 'CopyBackupToRegion', backup: 0, region: 'us-west-2' }
const arrived: Input = { rule: 'BackupCopied', backup: 2 }
const spliced = (backup: number, source: number): Input => ({ rule: 'SpliceBackup', backup, part: 'header', source })

it('a copy of a backup with the header of another has that header, §backup.copy.exact', () => {
  const [source, , copy] = after(spliced(0, 1), copied, arrived).backup
  expect(source?.context).toMatchObject({ mode: 'FIPS', condition: 'spliced header', spliced: { mode: 'NON_FIPS' } })
  expect(copy?.context.spliced).toEqual(source?.context.spliced)
})
it('a part of a copy is one of its source: a splice with a copy is not a move of its own, either way', () => {
  const state = after(copied, arrived)
  for (const [backup, source] of [
    [0, 2],
    [2, 0],
    [1, 2],
    [2, 1],
  ] as const)
    expect(step(model, state, spliced(backup, source)).kind).toBe('blocked')
  expect(step(model, state, spliced(0, 1)).kind).toBe('taken')
})
