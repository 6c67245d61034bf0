/** The client's part in keys: it looks for the HSMs that have one, asks whether they are enough, and has the least busy of them compute. */
import { accepted, refused, type AnswerValue, type Command, type Outcome } from '../hsm/index.ts'
import type { Connection } from '../service/index.ts'
import type { Ask } from './approval.ts'
import type { ClientCode } from './client.ts'
import type { ClientParts } from './seams.ts'

/** Operations on keys. */
const ON_KEYS = ['GenerateKey', 'UseKey', 'Encrypt', 'Decrypt', 'DeleteKey'] as const
export type OnKeys = Extract<Command, { readonly op: (typeof ON_KEYS)[number] }>

export const isOnKeys = (command: Command): command is OnKeys => (ON_KEYS as readonly string[]).includes(command.op)

type Told = Outcome<AnswerValue, ClientCode>
type Finding = Outcome<readonly Connection[], ClientCode>

/** The HSMs that have the key. Whoever may not use it is refused before it is known who they are. */
const holdersOf = (ask: Ask, connections: readonly Connection[], { op, as, label }: OnKeys): Finding => {
  const holders: Connection[] = []
  for (const connection of connections) {
    const found = ask(connection, { op: 'FindKey', as, label, before: op })
    if (found.ok) holders.push(connection)
    else if (found.code !== 'KEY_MISSING') return found
  }
  return accepted(holders)
}

/** §key.availability §key.availability.create §client.distribute §loss.divergence */
export const performOnKeys = (
  parts: ClientParts,
  ask: Ask,
  connections: readonly Connection[],
  command: OnKeys,
  isChecking: boolean,
): { readonly answer: Told; readonly by: Connection | undefined } => {
  const [first] = parts.choose(connections)
  const told = (answer: Told, by?: Connection) => ({ answer, by })
  if (first === undefined) return told(refused('UNAVAILABLE'))
  if (connections.length === 1 && !isChecking) return told(ask(first, command), first)
  const found = holdersOf(ask, connections, command)
  if (!found.ok) return told(found)
  const holders = found.value
  if (command.op === 'GenerateKey') {
    const mayGenerate = parts.mayGenerate(connections.length, isChecking)
    return mayGenerate ? told(ask(first, command), first) : told(refused('KEY_UNAVAILABLE'))
  }
  if (holders.length === 0) return told(refused('KEY_MISSING')) // §key.missing
  if (command.op === 'DeleteKey') return told(ask(holders[0] ?? first, command))
  if (!parts.mayUse(holders.length, isChecking)) return told(refused('KEY_UNAVAILABLE'))
  const serving = parts.chooseServing(holders) ?? first
  return told(ask(serving, command), serving)
}
