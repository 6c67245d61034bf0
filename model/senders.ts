/** Who is told what: which rule sends which event to which machine, and how many take part at once. */
import type { Edit } from './cloudhsm.ts'
import type { RuleName } from './input.ts'
import type { AccountParticipant } from './things.ts'

export interface Senders {
  /** From `machine/Event` to the rules that send it. */
  readonly senders: Map<string, Set<RuleName>>
  /** By rule: how many take part in a step at most. */
  readonly most: Map<RuleName, number>
}

export const nobodySends = (): Senders => ({ senders: new Map(), most: new Map() })

/** Notes who is told what while the model runs, and changes nothing. */
export const noting = ({ senders, most }: Senders): Edit => {
  const note = (rule: RuleName, { kind }: AccountParticipant, event: string): void => {
    const sent = `${kind}/${event}`
    const known = senders.get(sent) ?? new Set()
    senders.set(sent, known.add(rule))
  }
  return {
    what: 'notes who is told what',
    apply: parts => ({
      ...parts,
      rules: parts.rules.map(rule => {
        const name = rule.name as RuleName
        return {
          ...rule,
          participants: (input, read) => {
            const participants = rule.participants(input, read)
            most.set(name, Math.max(most.get(name) ?? 0, participants.length))
            return participants.map(participant => noted(participant, event => note(name, participant, event)))
          },
        }
      }),
    }),
  }
}

/** The same participant, whose event is told when it is sent. */
const noted = (participant: AccountParticipant, tell: (event: string) => void): AccountParticipant => {
  const { event } = participant
  const send = (earlier: Parameters<Extract<typeof event, (...args: never) => unknown>>[0]) => {
    const sent = typeof event === 'function' ? event(earlier) : event
    tell(sent.type)
    return sent
  }
  return { ...participant, event: send } as unknown as AccountParticipant
}
