/** Mutants that no property is to notice: the clause permits both them and the model, and says so. */

export interface Permitted {
  readonly id: string
  /** The clause that permits both. */
  readonly clause: string
  readonly why: string
}

const tampered = (event: string, clause: string): Permitted => ({
  id: `guard dropped: backup/READY/${event}/0, without isIntact`,
  clause,
  why: 'a backup may be altered more than once; the model describes the first time, after which no hardware opens it',
})

const older = (change: string): Permitted => ({
  id: change,
  clause: '§backup.expire',
  why: 'a backup may be older than any policy whose end is seen, or than anybody counts: the model stops counting there',
})

export const PERMITTED: readonly Permitted[] = [
  tampered('AlterBackup', '§loss.altered'),
  tampered('TruncateBackup', '§loss.altered'),
  tampered('RelabelBackup', '§loss.altered'),
  tampered('SpliceBackup', '§loss.altered'),
  tampered('ReplayBackup', '§adversary.replay'),
  {
    id: 'participant dropped: SpliceBackup, without number 2',
    clause: '§loss.altered',
    why: 'a part of a backup that was altered may be spliced as well; the model describes parts of such as were not',
  },
  {
    id: 'guard dropped: backup/PENDING_DELETION/Elapse/0, without isInGrace',
    clause: '§backup.purge',
    why: 'time may pass after the seven days are over, and changes nothing',
  },
  {
    id: 'guard dropped: cluster/MODIFY_IN_PROGRESS/Elapse/0, without isRollbackOpen',
    clause: '§rollback.window',
    why: 'time may pass after the 24 hours are over, and changes nothing',
  },
  older('guard dropped: backup/CREATE_IN_PROGRESS/Elapse/0, without isAgeing'),
  older('guard replaced: backup/CREATE_IN_PROGRESS/Elapse/0, isInGrace for isAgeing'),
  older('guard dropped: backup/READY/Elapse/0, without isAgeing'),
  older('guard negated: backup/READY/Elapse/0, not isAgeing'),
  older('guard replaced: backup/READY/Elapse/0, isInGrace for isAgeing'),
  older('guard dropped: backup/READY/Elapse/1, without isAgeing'),
  older('guard replaced: backup/READY/Elapse/1, isInGrace for isAgeing'),
  {
    id: 'guard dropped: cluster/ACTIVE/Day/0, without not isBackupDue',
    clause: '§backup.daily',
    why: 'a day may be over again before the backup of the last one was made; one backup is due then as before',
  },
  {
    id: 'guard dropped: hsm/ACTIVE/GenerateKey/0, without not hasKey',
    clause: '§key.generate',
    why: 'a second key is created as the first; the model stops at one, which stands for many',
  },
]

/** The reason why a mutant may survive; undefined where there is none. */
export const permitted = (id: string): Permitted | undefined => PERMITTED.find(one => one.id === id)
