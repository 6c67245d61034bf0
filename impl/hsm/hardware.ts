/** A unit of hardware as the world meets it: commissioned, booted, filled, backed up, restored, spoken to by clients, opened. */
import { clean } from '@noble/ciphers/utils.js'
import { identified } from './attestation.ts'
import { append, encodeEntry, entriesSince, type AuditEntry } from './audit.ts'
import { signerOf } from './certificate.ts'
import { endCeremony, holdCeremony, loadShare, withoutShares } from './commissioning.ts'
import { digestContents, type Contents } from './contents.ts'
import type { Draw } from './drbg.ts'
import type { Mode } from './encoding.ts'
import { inError } from './error.ts'
import { partsOf, PLAIN, type FirmwareImage } from './firmware.ts'
import type { Build, Hsm, NotOperational, Tampered } from './hsm.ts'
import { openBackup } from './open.ts'
import { accepted, refused, type Outcome } from './outcome.ts'
import { afterKeys, afterRedo, digestBeforeOf, keyDigestsOf, openPeer } from './peers.ts'
import { boot, wipeHandles, type StartCode } from './rom.ts'
import { sealBackup, snapshotOf, synchronisedOf } from './seal.ts'
import { serving } from './serving.ts'
import { MAX_SESSIONS, newEphemeral, wipeSessions } from './sessions.ts'
import type { Algorithm } from './selftest.ts'
import { generateKeyPair } from './signature.ts'
import { remainsOf } from './tamper.ts'
import { copyUnit, drawFrom, type Cell, type UnitState } from './unit.ts'
import type { Command } from './wire.ts'

const EMPTY = new Uint8Array(0)

export const createHsm = (build: Build, initial: UnitState): Hsm => {
  const { parts, codec } = build
  let unit = initial

  const draw: Draw = length => {
    const drawn = drawFrom(unit, length)
    unit = drawn.unit
    return drawn.bytes
  }
  const audit = (entry: AuditEntry, command: Command | null = null): void => {
    unit = { ...unit, log: append(unit.log, parts.auditEntry(entry, command)) }
  }
  const note = (opcode: AuditEntry['opcode'], response: AuditEntry['response'] = 'SUCCESS'): void =>
    audit({ opcode, user: '', response })
  const running = (): boolean => parts.isOperational(unit)
  // The firmware's word, not the ROM's: they differ when the firmware lies.
  const spokenMode = (): Mode | null => unit.behaviour.claims ?? unit.mode

  const cell: Cell = {
    read: () => unit,
    write: next => {
      unit = next
    },
    draw,
    audit,
    spokenMode,
  }

  const seal = (
    carried: (contents: Contents) => Contents,
    contents: Contents | null = unit.contents,
  ): Outcome<Uint8Array, NotOperational | 'EMPTY'> => {
    const mode = spokenMode()
    const own = unit.handles.find(handle => handle.mayWrap)
    if (!running() || mode === null || own === undefined) return refused('NOT_OPERATIONAL')
    if (contents === null) return refused('EMPTY')
    return accepted(sealBackup(parts, draw, { mode, line: unit.line, pbk: own.pbk }, carried(contents)))
  }

  const open = (sealed: Uint8Array) => {
    const opener = { mode: spokenMode(), line: unit.line, handles: unit.handles }
    return openPeer(parts, running() ? opener : null, sealed)
  }

  const take = <T>({ unit: after, outcome }: { readonly unit: UnitState; readonly outcome: T }): T => {
    unit = after
    return outcome
  }

  /** Answers this in the error state. §hardware.pairwise */
  const stop = <T>(answer: T): T => take({ unit: inError(unit), outcome: answer })

  const start = (image: FirmwareImage | null, disturbed: Algorithm | null): Outcome<Mode, Tampered | StartCode> => {
    if (parts.isTampered(unit)) return refused('TAMPERED')
    wipeHandles(unit.handles)
    unit = withoutShares(unit)
    wipeSessions(unit)
    const off = { installed: image, handles: [], sessions: [], tokens: [], ephemeral: null, behaviour: PLAIN }
    const circumstances = { started: unit.started, disturbed }
    const booted = boot(parts, unit.line, unit.roots, build.firmwareKeys, image, circumstances)
    if (!booted.ok) {
      unit = { ...unit, ...off, power: booted.code === 'SELF_TEST' ? 'ERROR' : 'HALTED' }
      return booted
    }
    const { mode, version, handles } = booted.value
    const contents = parts.contentsAfterBoot(unit.contents, unit.mode, mode)
    if (contents === null && unit.contents !== null) note('CN_ZEROIZE')
    const kept = contents === null ? { failures: [], before: null, tombstones: [] } : {}
    const behaviour = image?.behaviour ?? PLAIN
    const started = Math.max(unit.started, version)
    unit = { ...unit, ...off, ...kept, power: 'OPERATIONAL', mode, started, handles, contents, behaviour }
    unit = { ...unit, ephemeral: newEphemeral(draw) }
    return accepted(mode)
  }

  return {
    ...identified(build.attester, cell),
    ...serving(build, cell),
    line: unit.line,
    power: () => unit.power,
    mode: () => (unit.power === 'OPERATIONAL' ? unit.mode : null),

    loadShare: card => take(loadShare(parts, unit, card)),
    endCeremony: () => take(endCeremony(parts, unit)),
    commission: cards => take(holdCeremony(parts, unit, cards)),

    update: image => {
      if (parts.isTampered(unit)) return refused('TAMPERED')
      unit = parts.afterUpdate(unit, image)
      return accepted(null)
    },

    boot: image => start(image, null),
    restart: (disturbed?: Algorithm) => start(unit.installed, disturbed ?? null),

    tamper: () => {
      note('CN_ZEROIZE')
      unit = { ...parts.zeroise(unit), power: 'TAMPERED' }
    },

    remains: () => remainsOf(unit),

    provision: () => {
      if (!running()) return refused('NOT_OPERATIONAL')
      const pair = generateKeyPair(draw)
      if (!parts.isConsistent(pair)) return stop(refused('SELF_TEST'))
      // §hsm.provision
      unit = { ...unit, contents: parts.initialContents({ ...pair, certificate: EMPTY }) }
      note('CN_INIT_DONE')
      return accepted(null)
    },

    certificateRequest: () => {
      const certificates = (running() && unit.contents?.certificates) || null
      return certificates === null || certificates.certificate.length > 0 ? null : codec.request(signerOf(certificates))
    },

    installCertificate: certificate => {
      const { contents } = unit
      if (!running() || contents === null) return refused('NOT_OPERATIONAL')
      const installed = codec.keyIn(certificate)
      const own = contents.certificates
      if (installed === null || own === null || !own.publicKey.every((byte, i) => byte === installed[i]))
        return refused('CERTIFICATE')
      unit = { ...unit, contents: { ...contents, certificates: { ...own, certificate: certificate.slice() } } }
      note('CN_CERT_AUTH_STORE_CERT')
      return accepted(null)
    },

    certificate: () => unit.contents?.certificates?.certificate.slice() ?? EMPTY,

    backup: () => {
      if (!running()) return refused('NOT_OPERATIONAL')
      note('CN_BACKUP_BEGIN')
      const sealed = seal(contents => snapshotOf(parts, contents))
      note('CN_BACKUP_END')
      return sealed
    },

    synchronise: () => seal(synchronisedOf),
    synchroniseBefore: () => seal(synchronisedOf, unit.before),

    redo: (before, after) => {
      const [was, is] = [open(before), open(after)]
      if (!was.ok) return was
      if (!is.ok) return is
      unit = afterRedo(parts, unit, was.value, is.value)
      return accepted(null)
    },

    takeKeys: (sealed, deleted) => {
      const peer = open(sealed)
      if (!peer.ok) return peer
      unit = afterKeys(parts, unit, peer.value, deleted)
      return accepted(null)
    },

    keyDigests: () => (running() ? keyDigestsOf(unit) : { held: [], deleted: [] }),
    digestBefore: () => (running() ? digestBeforeOf(unit) : ''),
    remaining: () => MAX_SESSIONS - unit.sessions.length,

    restore: backup => {
      const mode = spokenMode()
      if (parts.isTampered(unit)) return refused('TAMPERED')
      if (!running()) return refused('NOT_OPERATIONAL') // §hardware.operational
      note('CN_RESTORE_BEGIN')
      const opened = openBackup(
        { ...parts, ...partsOf(unit.behaviour) },
        { mode, line: unit.line, handles: unit.handles },
        backup,
      )
      const contents = opened.ok ? accepted(opened.value.contents) : opened
      // §restore.exact §restore.atomic §invariant.exact
      unit = { ...unit, contents: parts.contentsAfterRestore(unit.contents, contents), before: null }
      if (opened.ok) {
        unit = { ...unit, failures: parts.failuresAfterRestore(unit.failures, opened.value.contents) }
        unit = { ...unit, tokens: parts.tokensAfterRestore(unit.tokens, opened.value.contents) } // §quorum.own
        unit = { ...unit, generator: parts.generatorAfterRestore(unit.generator, opened.value.plaintext) }
        clean(opened.value.plaintext)
      }
      note('CN_RESTORE_END', opened.ok ? 'SUCCESS' : opened.code)
      return opened.ok ? accepted(null) : opened
    },

    digest: () => (running() && unit.contents !== null ? digestContents(unit.contents) : ''),

    limitWrites: limited => {
      unit = { ...unit, limited }
    },

    elapse: seconds => {
      unit = { ...unit, seconds: unit.seconds + seconds }
    },

    drainAudit: () => {
      const entries = entriesSince(unit.log, unit.drained)
      unit = { ...unit, drained: unit.drained + entries.length }
      return entries.map(({ sequence, entry }) => encodeEntry(sequence, entry))
    },

    clone: () => createHsm(build, copyUnit(unit)),
  }
}
