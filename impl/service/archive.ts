/** The archive: sealed backups in the service's envelope, kept byte for byte, and what whoever owns the archive can do to them. */
import { closeEnvelope, openEnvelope } from './envelope.ts'
import { readLabel } from './label.ts'
import { putBackup, type Site } from './site.ts'

/** Puts a sealed backup into the archive. §backup.archive */
export const keepBackup = ({ parts, stores, envelopeKey, draw }: Site, backupId: string, sealed: Uint8Array): void =>
  void stores.archive.set(backupId, closeEnvelope(envelopeKey, draw, backupId, parts.bytesToKeep(sealed)))

/** The sealed backup, or null where there is none or the envelope was altered. §backup.archive */
export const fetchBackup = ({ stores, envelopeKey }: Site, backupId: string): Uint8Array | null => {
  const stored = stores.archive.get(backupId)
  return stored === undefined ? null : openEnvelope(envelopeKey, backupId, stored)
}

/** What the service itself can do to what it keeps, as the adversary that it is. All bytes are copies. */
export interface Archive {
  /** A sealed backup without the envelope; null as in `fetchBackup`. */
  read(backupId: string): Uint8Array | null
  /** Puts other bytes in its place, in a new envelope. False where nothing is kept under this id. */
  write(backupId: string, sealed: Uint8Array): boolean
  /** The envelope as it is stored. */
  readStored(backupId: string): Uint8Array | null
  writeStored(backupId: string, stored: Uint8Array): boolean
}

export const archiveOf = (site: Site): Archive => ({
  read: backupId => fetchBackup(site, backupId),
  write: (backupId, sealed) => {
    const backup = site.stores.backups.get(backupId)
    if (backup === undefined || !site.stores.archive.has(backupId)) return false
    const envelope = closeEnvelope(site.envelopeKey, site.draw, backupId, sealed)
    site.stores.archive.set(backupId, envelope)
    putBackup(site, { ...backup, label: readLabel(sealed) ?? backup.label })
    return true
  },
  readStored: backupId => site.stores.archive.get(backupId)?.slice() ?? null,
  writeStored: (backupId, stored) => {
    if (!site.stores.archive.has(backupId)) return false
    site.stores.archive.set(backupId, stored.slice())
    return true
  },
})
