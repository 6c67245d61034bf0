/** A unit of hardware as the world meets it: commissioned, booted, filled, backed up, restored, spoken to by clients, opened. */
import { clean } from '@noble/ciphers/utils.js'
import { append, encodeEntry, entriesSince, opcodeOf, type AuditEntry } from './audit.ts'
import { joinShares } from './ceremony.ts'
import { execute } from './commands.ts'
import { digestContents, type Contents } from './contents.ts'
import type { Draw } from './drbg.ts'
import type { Mode } from './encoding.ts'
import { PLAIN, type FirmwareImage } from './firmware.ts'
import type { Build, Hsm, NotOperational, Tampered } from './hsm.ts'
import { openBackup } from './open.ts'
import { accepted, refused, type Outcome } from './outcome.ts'
import { afterKeys, afterRedo, afterWrite, digestBeforeOf, keyDigestsOf, openPeer } from './peers.ts'
import { boot, wipeHandles, type StartCode } from './rom.ts'
import { sealBackup, snapshotOf, synchronisedOf } from './seal.ts'
import type { Parts } from './seams.ts'
import * as sessions from './sessions.ts'
import type { Algorithm } from './selftest.ts'
import { generateKeyPair } from './signature.ts'
import { remainsOf } from './tamper.ts'
import { copyUnit, drawFrom, type UnitState } from './unit.ts'
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

  const start = (image: FirmwareImage | null, disturbed: Algorithm | null): Outcome<Mode, Tampered | StartCode> => {
    if (parts.isTampered(unit)) return refused('TAMPERED')
    wipeHandles(unit.handles)
    sessions.wipeSessions(unit)
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
    unit = { ...unit, ephemeral: sessions.newEphemeral(draw) }
    return accepted(mode)
  }

  return {
    line: unit.line,
    power: () => unit.power,
    mode: () => (unit.power === 'OPERATIONAL' ? unit.mode : null),

    commission: cards => {
      if (parts.isTampered(unit)) return refused('TAMPERED')
      if (unit.power === 'OPERATIONAL') return refused('BOOTED')
      if (!parts.admitCards(cards)) return refused('TWO_PERSON') // §hardware.ceremony
      unit = { ...unit, roots: { ...unit.roots, akbk: joinShares(cards) } }
      return accepted(null)
    },

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
      // §hsm.provision
      unit = { ...unit, contents: parts.initialContents({ ...generateKeyPair(draw), certificate: EMPTY }) }
      note('CN_INIT_DONE')
      return accepted(null)
    },

    certificateRequest: () => {
      const certificates = unit.contents?.certificates ?? null
      return certificates === null || certificates.certificate.length > 0 ? null : codec.request(certificates)
    },

    installCertificate: certificate => {
      const { contents } = unit
      if (!running() || contents === null) return refused('NOT_OPERATIONAL')
      const installed = codec.readCertificate(certificate)
      const own = contents.certificates
      if (installed === null || own === null || !own.publicKey.every((byte, i) => byte === installed.publicKey[i]))
        return refused('CERTIFICATE')
      unit = { ...unit, contents: { ...contents, certificates: { ...own, certificate: certificate.slice() } } }
      note('CN_CERT_AUTH_STORE_CERT')
      return accepted(null)
    },

    certificate: () => unit.contents?.certificates?.certificate.slice() ?? EMPTY,

    backup: () => {
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

    keyDigests: () => keyDigestsOf(unit),
    digestBefore: () => digestBeforeOf(unit),
    remaining: () => sessions.MAX_SESSIONS - unit.sessions.length,

    restore: backup => {
      const mode = spokenMode()
      if (parts.isTampered(unit)) return refused('TAMPERED')
      if (!running()) return refused('NOT_OPERATIONAL') // §hardware.operational
      note('CN_RESTORE_BEGIN')
      const checks = { ...parts, ...behaviourOf(unit) }
      const opened = openBackup(checks, { mode, line: unit.line, handles: unit.handles }, backup)
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

    digest: () => (unit.contents === null ? '' : digestContents(unit.contents)),

    agree: nonce => {
      const mode = spokenMode()
      if (!running() || mode === null) return null
      const agreed = sessions.agree(parts, unit, mode, nonce)
      if (agreed === null) return null
      unit = agreed.unit
      return agreed.agreement
    },

    exchange: (id, record) => {
      const session = unit.sessions.find(open => open.id === id)
      const { contents, failures, limited, seconds: now } = unit
      if (session === undefined || !running() || contents === null) return null
      const command = sessions.openCommand(parts, session, record)
      if (command === null) return null
      const held = { contents, failures, tokens: parts.currentTokens(unit.tokens, now) } // §quorum.expire
      const { answer, ...after } = execute({ parts, draw, iterations: build.iterations, limited, now }, held, command)
      unit = afterWrite(parts, { ...sessions.countAnswer(unit, session), ...after }, contents)
      const opcode = opcodeOf[command.op]
      const user = command.op === 'Activate' ? 'PRECO' : 'as' in command ? (command.as?.user ?? '') : ''
      const response = answer.ok ? 'SUCCESS' : answer.code
      if (opcode !== null) audit({ opcode, user, response }, command)
      return sessions.sealAnswer(parts, session, answer)
    },

    close: id => {
      // What a write replaced or deleted is kept for peers no longer than its session lasts.
      unit = { ...sessions.endSessions(unit, session => session.id === id), before: null }
    },

    endSessions: () => {
      unit = { ...sessions.endSessions(unit), before: null, tokens: parts.tokensAfterSessions(unit.tokens) } // §quorum.own
    },

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

/** What the running firmware does in place of the manufacturer's. */
const behaviourOf = ({ behaviour: { checkMode, checkType } }: UnitState): Partial<Parts> => ({
  ...(checkMode && { checkMode }),
  ...(checkType && { checkType }),
})
