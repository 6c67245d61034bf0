/** Puts altered, replayed and misdirected records of channels to both of their ends: each is refused, and changes nothing. */
import fc from 'fast-check'
import { createFactory, defaultParts, type Command, type Hsm, type Parts } from '../../../impl/hsm/index.ts'
import { openClientChannel, type ClientChannel } from '../../../impl/hsm/client.ts'
import { CU, entropy, filled } from '../fleet.ts'
import { edit, edited, type Edit } from './edits.ts'
import { same } from './form.ts'
import { stateOf, type Tally } from './put.ts'

/** Two sessions of one HSM: what each has said, and the command and the answer that each end waits for. */
interface Session {
  readonly id: number
  readonly client: ClientChannel
  readonly pending: Uint8Array
  readonly answer: Uint8Array
}

export interface Line {
  readonly hsm: Hsm
  readonly sessions: readonly Session[]
  /** Every record that crossed, or waits to. */
  readonly said: readonly Uint8Array[]
}

const COMMANDS: readonly Command[] = [
  { op: 'ListUsers' },
  { op: 'LogIn', as: CU },
  { op: 'GenerateKey', as: CU, label: 'another', kind: 'AES' },
  { op: 'UseKey', as: CU, label: 'key', challenge: new Uint8Array(16) },
  { op: 'ListUsers' },
]
/** What is on its way while records are altered: it changes what the HSM holds. */
const PENDING: Command = { op: 'DeleteKey', as: CU, label: 'key' }

export const line = (parts: Partial<Parts> = {}): Line => {
  const all = { ...defaultParts, ...parts }
  const hsm = filled(320, 'hsm2m', 'FIPS', createFactory(entropy(1_000_000), all))
  const said: Uint8Array[] = []
  const opened = [1, 2].map(nonce => {
    const agreement = hsm.agree(entropy(nonce))
    if (agreement === null) throw new Error('expected a session')
    return { id: agreement.session, client: openClientChannel(agreement, all.records) }
  })
  for (const command of COMMANDS)
    for (const { id, client } of opened) {
      const request = client.request(command)
      const answer = hsm.exchange(id, request)
      if (answer === null || client.answer(answer) === null) throw new Error('expected an answer')
      said.push(request, answer)
    }
  const sessions = opened.map(({ id, client }) => {
    const pending = client.request(PENDING)
    const answer = hsm.clone().exchange(id, pending)
    if (answer === null) throw new Error('expected an answer')
    return { id, client, pending, answer }
  })
  hsm.drainAudit()
  return { hsm, sessions, said: [...said, ...sessions.flatMap(({ pending, answer }) => [pending, answer])] }
}

/** A record, or the beginning of one with the end of another, edited. */
interface Alteration {
  readonly of: number
  readonly tail: { readonly of: number; readonly at: number } | null
  readonly edits: readonly Edit[]
}

const index = fc.nat({ max: 23 })
const tail = fc.option(fc.record({ of: index, at: fc.nat({ max: 96 }) }), { freq: 3 })
const alteration: fc.Arbitrary<Alteration> = fc.record({ of: index, tail, edits: fc.array(edit, { maxLength: 2 }) })

const altered = (said: readonly Uint8Array[], { of, tail: end, edits }: Alteration): Uint8Array => {
  const record = said[of % said.length] ?? new Uint8Array(0)
  const other = end === null ? undefined : said[end.of % said.length]
  const joined =
    end === null || other === undefined
      ? record
      : Uint8Array.of(...record.subarray(0, end.at), ...other.subarray(end.at))
  return edits.reduce(edited, joined)
}

/** Puts this many records, drawn from a seed, to one of the ends. What is on its way to that end is none of them. */
export const interfere = ({ hsm, sessions, said }: Line, cases: number, seed: number): Tally => {
  const codes: Record<string, number> = {}
  const before = stateOf(hsm)
  const put = fc.property(alteration, fc.nat({ max: sessions.length - 1 }), fc.boolean(), (change, at, isCommand) => {
    const bytes = altered(said, change)
    const session = sessions[at]
    if (session === undefined) throw new Error('expected a session')
    fc.pre(!same(bytes, isCommand ? session.pending : session.answer))
    const taken = isCommand ? hsm.exchange(session.id, bytes) : session.client.answer(bytes)
    const what = said.some(record => same(record, bytes)) ? 'replayed' : 'altered'
    const end = isCommand ? 'HSM' : 'client'
    if (taken !== null) throw new Error(`the ${end} takes what was ${what}`)
    codes[`${end}, ${what}`] = (codes[`${end}, ${what}`] ?? 0) + 1
  })
  const run = fc.check(put, { numRuns: cases, seed })
  const why = run.errorInstance instanceof Error ? run.errorInstance.message : 'too much was drawn that changes nothing'
  const touched = stateOf(hsm) === before ? null : 'the HSM was touched'
  return { cases: run.numRuns, codes, broken: run.failed ? `${why}: ${fc.stringify(run.counterexample)}` : touched }
}
