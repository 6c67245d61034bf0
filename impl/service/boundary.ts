/** The way to a unit: whatever the service hears from it passes the recorder, also what it is refused with and what is thrown. §boundary.recorder */
import type { Hsm } from '../hsm/index.ts'
import { encodeAnswer, type Recorder } from './recorder.ts'

/** What leaves with a call: nothing; what is recorded by whoever asks, who knows more of it; what a unit says of itself; an outcome. */
type Leaving = 'nothing' | 'carried' | 'status' | 'outcome'

/** Every call that a unit takes: one that is not listed does not compile. A clone is for simulation, and for nobody to see. */
const LEAVING: Readonly<Record<Exclude<keyof Hsm, 'line' | 'clone'>, Leaving>> = {
  power: 'status',
  mode: 'status',
  hardwareKey: 'status',
  enrol: 'nothing',
  attestation: 'carried',
  loadShare: 'outcome',
  endCeremony: 'outcome',
  commission: 'outcome',
  update: 'outcome',
  boot: 'outcome',
  restart: 'outcome',
  tamper: 'nothing',
  remains: 'status',
  provision: 'outcome',
  certificateRequest: 'carried',
  installCertificate: 'outcome',
  certificate: 'status',
  backup: 'carried',
  synchronise: 'carried',
  synchroniseBefore: 'carried',
  redo: 'outcome',
  takeKeys: 'outcome',
  keyDigests: 'status',
  digestBefore: 'status',
  remaining: 'status',
  restore: 'outcome',
  digest: 'status',
  agree: 'carried',
  exchange: 'carried',
  connect: 'carried',
  close: 'nothing',
  endSessions: 'nothing',
  limitWrites: 'nothing',
  elapse: 'nothing',
  drainAudit: 'carried',
}

type Call = (...given: readonly unknown[]) => unknown

const codeOf = (outcome: unknown): string | null =>
  typeof outcome === 'object' && outcome !== null && 'code' in outcome ? String(outcome.code) : null

const recording = (recorder: Recorder, hsmId: string, name: string, leaving: Leaving, call: Call): Call => {
  const fail = (what: string): void => recorder.record('error', hsmId, encodeAnswer([name, what]))
  return (...given) => {
    try {
      const value = call(...given)
      const code = codeOf(value)
      if (code !== null) fail(code)
      else if (leaving === 'status') recorder.note(hsmId, name, encodeAnswer([name, value]))
      return value
    } catch (error) {
      fail(String(error))
      throw error
    }
  }
}

const ways = new WeakMap<Hsm, Hsm>()

/** The unit of an HSM, as its service has it; the same for the same unit, which belongs to one account. */
export const throughRecorder = (recorder: Recorder, hsmId: string, unit: Hsm): Hsm => {
  const known = ways.get(unit)
  if (known !== undefined) return known
  const calls = Object.entries(LEAVING).map(([name, leaving]) => {
    const call = unit[name as keyof typeof LEAVING] as unknown as Call
    return [name, recording(recorder, hsmId, name, leaving, call)] as const
  })
  const way: Hsm = { ...unit, ...(Object.fromEntries(calls) as unknown as Partial<Hsm>) }
  ways.set(unit, way)
  return way
}
