/** The adversary of the reference account: time, faults, the archive in its hands, and a unit of hardware of its own. */
import { match } from 'ts-pattern'
import {
  encodeBackup,
  encodeHeader,
  parseBackup,
  type Account,
  type Hsm,
  type Line,
  type Mode,
  type OfficerCard,
} from '../../impl/index.ts'
import type { AdversaryRequest, Answer, Observation } from './port.ts'

export interface Adversary {
  apply(request: AdversaryRequest): Answer
  bench(): Observation['bench']
  fork(account: Account): Adversary
}

const ACCEPTED: Answer = { kind: 'accepted' }
const settled = (made: { readonly ok: true } | { readonly ok: false; readonly code: string }): Answer =>
  made.ok ? ACCEPTED : { kind: 'failed', code: made.code }
const refuse = (code: string): Answer => ({ kind: 'refused', code })

export const createAdversary = (account: Account, unit: Hsm | null = null): Adversary => {
  const { service, factory } = account
  let bench = unit

  const rewrite = (backupId: string, change: (sealed: Uint8Array) => Uint8Array | null): Answer => {
    const sealed = service.archive.read(backupId)
    const changed = sealed === null ? null : change(sealed)
    return changed !== null && service.archive.write(backupId, changed) ? ACCEPTED : refuse('ResourceNotFound')
  }
  const officers = (which: 'two' | 'one' | 'same'): readonly OfficerCard[] => {
    const [first, second] = factory.officers
    return match(which)
      .with('two', () => [first, second])
      .with('one', () => [first])
      .with('same', () => [first, first])
      .exhaustive()
  }

  return {
    apply: request =>
      match<AdversaryRequest, Answer>(request)
        .with({ op: 'Elapse' }, ({ seconds }) => {
          service.elapse(seconds)
          return ACCEPTED
        })
        .with({ op: 'Day' }, () => {
          service.endDay()
          return ACCEPTED
        })
        .with({ op: 'FailHsm' }, ({ hsmId }) => {
          const failed = service.failHsm(hsmId)
          return failed.ok ? ACCEPTED : refuse(failed.code)
        })
        .with({ op: 'FailSeal' }, ({ backupId }) => {
          const failed = service.failSeal(backupId)
          if (failed.ok) return ACCEPTED
          return failed.code === 'SEAL_FAILED' ? { kind: 'failed', code: failed.code } : refuse(failed.code)
        })
        .with({ op: 'FailCopy' }, ({ backupId }) => {
          const failed = service.failCopy(backupId)
          if (failed.ok) return ACCEPTED
          return failed.code === 'COPY_FAILED' ? { kind: 'failed', code: failed.code } : refuse(failed.code)
        })
        .with({ op: 'AlterBackup' }, ({ backupId, part }) => rewrite(backupId, sealed => altered(sealed, part)))
        .with({ op: 'TruncateBackup' }, ({ backupId }) => rewrite(backupId, sealed => sealed.slice(0, -1)))
        .with({ op: 'RelabelBackup' }, ({ backupId, field }) => rewrite(backupId, sealed => relabelled(sealed, field)))
        .with({ op: 'SpliceBackup' }, ({ backupId, part, sourceBackupId }) =>
          rewrite(backupId, sealed => spliced(sealed, service.archive.read(sourceBackupId), part)),
        )
        .with({ op: 'ReplayBackup' }, ({ backupId, sourceBackupId }) =>
          rewrite(backupId, () => service.archive.read(sourceBackupId)),
        )
        .with({ op: 'Crash' }, ({ effect, subject, step, moment }) =>
          settled(service.crash({ effect, subject }, { step, moment })),
        )
        .with({ op: 'Recover' }, () => settled(service.recover()))
        .with({ op: 'Manufacture' }, ({ genuine, line }) => {
          bench = factory.manufacture({ genuine, line, entropy: account.draw(32) })
          return ACCEPTED
        })
        .with({ op: 'Commission' }, ({ officers: which }) => {
          const loaded = bench?.commission(officers(which))
          return loaded === undefined ? refuse('ResourceNotFound') : loaded.ok ? ACCEPTED : refuse(loaded.code)
        })
        .with({ op: 'UpdateFirmware' }, ({ firmware }) => {
          const updated = bench?.update(factory.image(firmware))
          return updated === undefined ? refuse('ResourceNotFound') : updated.ok ? ACCEPTED : refuse(updated.code)
        })
        .with({ op: 'Boot' }, ({ firmware }) => started(bench?.boot(factory.image(firmware))))
        .with({ op: 'Restart' }, () => started(bench?.restart()))
        .with({ op: 'FailSelfTest' }, () => started(bench?.restart('AES-256-GCM decryption')))
        .with({ op: 'Tamper' }, () => {
          bench?.tamper()
          return bench === null ? refuse('ResourceNotFound') : ACCEPTED
        })
        .with({ op: 'RestoreOnto' }, ({ backupId }) => {
          const sealed = service.sealedBackup(backupId)
          const restored = sealed === null ? undefined : bench?.restore(sealed)
          return restored === undefined ? refuse('ResourceNotFound') : restored.ok ? ACCEPTED : refuse(restored.code)
        })
        .exhaustive(),
    bench: () => {
      if (bench === null) return { state: 'vacant', mode: '', digest: '' }
      const [state, mode] = [bench.power(), bench.mode() ?? ''] as const
      const digest = state === 'OPERATIONAL' ? bench.digest() : state === 'TAMPERED' ? bench.remains() : ''
      return { state, mode, digest }
    },
    fork: copy => createAdversary(copy, bench?.clone() ?? null),
  }
}

/** A unit that was opened refuses; any other that does not start has failed to. */
const started = (outcome: ReturnType<Hsm['restart']> | undefined): Answer => {
  if (outcome === undefined) return refuse('ResourceNotFound')
  if (outcome.ok) return ACCEPTED
  return outcome.code === 'TAMPERED' ? refuse(outcome.code) : { kind: 'failed', code: outcome.code }
}

const flip = (bytes: Uint8Array, index: number): Uint8Array => bytes.map((byte, at) => (at === index ? byte ^ 1 : byte))

/** One bit flipped: of the header in the snapshot's identifier, with which it ends. Null for what is no backup. */
const altered = (sealed: Uint8Array, part: 'header' | 'wrapped' | 'sealed'): Uint8Array | null => {
  const backup = parseBackup(sealed)
  if (backup === null) return null
  const at = part === 'sealed' ? 0 : backup[part].length - 1
  return encodeBackup({ ...backup, [part]: flip(backup[part], at) })
}

const otherMode: Readonly<Record<Mode, Mode>> = { FIPS: 'NON_FIPS', NON_FIPS: 'FIPS' }
const otherLine: Readonly<Record<Line, Line>> = { hsm1: 'hsm2m', hsm2m: 'hsm1' }

/** The other mode or line in its header, and nothing else. Null for what is no backup. */
const relabelled = (sealed: Uint8Array, field: 'mode' | 'hsmType'): Uint8Array | null => {
  const backup = parseBackup(sealed)
  if (backup === null) return null
  const { mode, line, snapshot } = backup
  const header = encodeHeader(
    field === 'mode' ? { mode: otherMode[mode], line, snapshot } : { mode, line: otherLine[line], snapshot },
  )
  return encodeBackup({ ...backup, header })
}

/** One part of another backup in the place of its own. Null for what is no backup. */
const spliced = (
  sealed: Uint8Array,
  other: Uint8Array | null,
  part: 'header' | 'wrapped' | 'sealed',
): Uint8Array | null => {
  const [backup, source] = [parseBackup(sealed), other === null ? null : parseBackup(other)]
  if (backup === null || source === null) return null
  const nonce = part === 'sealed' ? source.nonce : backup.nonce
  return encodeBackup({ ...backup, [part]: source[part], nonce })
}
