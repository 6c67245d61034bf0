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

export const PERMITTED: readonly Permitted[] = [
  tampered('AlterBackup', '§loss.altered'),
  tampered('TruncateBackup', '§loss.altered'),
  tampered('RelabelBackup', '§loss.altered'),
  {
    id: 'guard dropped: backup/PENDING_DELETION/Elapse/0, without isInGrace',
    clause: '§backup.purge',
    why: 'time may pass after the seven days are over, and changes nothing',
  },
  {
    id: 'guard dropped: hsm/ACTIVE/GenerateKey/0, without not hasKey',
    clause: '§key.generate',
    why: 'a second key is created as the first; the model stops at one, which stands for many',
  },
]

/** The reason why a mutant may survive; undefined where there is none. */
export const permitted = (id: string): Permitted | undefined => PERMITTED.find(one => one.id === id)
