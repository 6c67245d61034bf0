/** What is only said to be reachable is noticed when it no longer is. */
import { describe, expect, it } from 'vitest'
import { dropEntries, overrideAction, overrideGuard, scopeNamed, type Edit } from '../../model/index.ts'
import { check, properties } from '../../properties/index.ts'
import { everywhere, redirect } from './planted/index.ts'

describe('a loss or an opening that is said to be reachable', () => {
  it.each<[string, string, ...Edit[]]>([
    [
      '§loss.failure is noticed where a failed HSM stays ACTIVE, and one that is being deleted does not fail',
      'newest',
      redirect('hsm', '§hsm.fail', 'goes on after a failure', { target: 'ACTIVE' }),
      dropEntries('hsm', '§hsm.fail.deleting'),
    ],
    [
      '§loss.deleted is noticed where no backup is purged',
      'pair',
      dropEntries('backup', '§backup.purge', 'BackupPurged'),
    ],
    [
      '§loss.retention is noticed where retention takes no backup',
      'retention',
      dropEntries('backup', '§backup.expire', 'BackupExpired'),
    ],
    ['§loss.altered is noticed where no backup can be altered', 'tamper', dropEntries('backup', '§loss.altered')],
    [
      '§loss.credentials is noticed where no failure is counted',
      'users',
      overrideAction('hsm', 'countFailure', () => ({})),
    ],
    ['§loss.quorum is noticed where officers can be deleted by nobody', 'quorum', dropEntries('hsm', '§user.delete')],
    [
      '§loss.rollback is noticed where a rollback leaves HSMs what they hold',
      'migration',
      overrideAction('hsm', 'rollBack', () => ({ hsmType: 'hsm1.medium' as const })),
    ],
    ['§quorum.own is noticed where no second HSM joins', 'tokens', dropEntries('hsm', '§hsm.join.sync')],
    ['§loss.divergence is noticed where no HSM fails', 'synchronisation', dropEntries('hsm', '§hsm.fail')],
    [
      '§user.list.coverage is noticed where a user is created everywhere or nowhere',
      'divergence',
      everywhere('CreateUser'),
      everywhere('DeleteUser'),
    ],
    [
      '§key.availability is noticed where a key is generated and deleted everywhere or nowhere',
      'synchronisation',
      everywhere('GenerateKey'),
      everywhere('DeleteKey'),
    ],
    ['§adversary.lockout is noticed where no second HSM joins', 'users', dropEntries('hsm', '§hsm.join.sync')],
    [
      '§adversary.rollback is noticed where a unit opens nothing that its adversary hands it',
      'rollback',
      dropEntries('hardware', '§restore.exact'),
    ],
    [
      '§adversary.replay is noticed where no backup can stand in the place of another',
      'replay',
      dropEntries('backup', '§adversary.replay'),
    ],
    [
      '§invariant.hardware is noticed where no hardware opens a backup',
      'hardware',
      overrideGuard('hardware', 'isCommissioned', () => false),
    ],
  ])('%s', (title, scopeName, ...planted) => {
    const reachable = properties.filter(({ kind, id }) => kind === 'sometimes' && title.startsWith(`${id} `))
    const scopes = [scopeNamed(`smoke.${scopeName}`)].filter(scope => scope !== undefined)
    const [before, after] = [[], planted].map(edits => check({ scopes, properties: reachable, edits }))
    expect(before?.properties.map(({ verdict }) => verdict)).toEqual(['holds'])
    expect(after?.properties.map(({ verdict, reason }) => [verdict, reason?.split(':')[0]])).toEqual([
      ['broken', 'vacuous'],
    ])
  })
})
