/** Hardware that breaks a clause about the wrapping key, the ceremony, or the way it starts. */
import { defaultParts } from '../../impl/index.ts'
import { inHsm, type Fault } from './fault.ts'

export const hardwareFaults: readonly Fault[] = [
  inHsm('§key.mkbk', 'derives PBK without MKBK', {
    pbkInputs: source => ({ ...defaultParts.pbkInputs(source), mkbk: new Uint8Array(32) }),
  }),
  inHsm('§key.akbk', 'derives PBK without AKBK', {
    pbkInputs: source => ({ ...defaultParts.pbkInputs(source), akbk: null }),
  }),
  inHsm('§key.mode', 'derives one PBK for both modes', {
    pbkInputs: source => ({ ...defaultParts.pbkInputs(source), mode: 'FIPS' }),
  }),
  inHsm('§key.line', 'derives one PBK for both lines', {
    pbkInputs: source => ({
      ...defaultParts.pbkInputs(source),
      mkbk: source.fused.hsm1 ?? source.mkbk,
      line: 'hsm1',
    }),
  }),
  inHsm('§hardware.manufacture', 'leaves its manufacturer with a firmware that did not start', {
    leaveFactory: unit => ({ ...unit, power: 'HALTED' }),
  }),
  inHsm('§hardware.ceremony', 'loads AKBK from two cards of one officer', {
    admitCard: () => true,
    admitCards: cards => cards.length === 2,
  }),
  inHsm('§hardware.boot', 'runs every firmware of the manufacturer in FIPS mode', { modeOf: () => 'FIPS' }),
  inHsm('§hardware.zeroise', 'keeps its contents when it is booted in the other mode', {
    contentsAfterBoot: contents => contents,
  }),
  inHsm('§hardware.firmware', 'believes what firmware says of its signer', {
    classifyFirmware: ({ signer }) => signer,
  }),
  inHsm('§hardware.update', 'gives up its contents as soon as it is given other firmware', {
    afterUpdate: (unit, image) => ({ ...unit, installed: image, contents: null }),
  }),
  inHsm('§hardware.rollback', 'starts firmware of any version that its manufacturer signed', {
    isRecent: () => true,
  }),
  inHsm('§hardware.selftest', 'starts without testing its algorithms', { passesSelfTests: () => true }),
  inHsm('§hardware.tamper', 'gives up its contents and keeps its root keys when it is opened', {
    zeroise: unit => ({ ...unit, contents: null }),
  }),
  inHsm('§hardware.tampered', 'starts again after it was opened', { isTampered: () => false }),
  inHsm('§hardware.operational', 'takes a backup before it is booted', { isOperational: () => true }),
]
