/** What a unit does for its clients: sessions, commands and answers, through records of its own or through its terminal. */
import { opcodeOf } from './audit.ts'
import { execute } from './commands.ts'
import { areConsistent, inError } from './error.ts'
import type { Build, Hsm } from './hsm.ts'
import { afterWrite } from './peers.ts'
import { agree, countAnswer, endSessions, openCommand, openSession, sealAnswer } from './sessions.ts'
import { identityOf, performEncoded } from './terminal.ts'
import type { Cell, Session } from './unit.ts'
import type { Answer, Command } from './wire.ts'

/** Of a session, in bytes. */
const KEY_LENGTH = 32

export const serving = (
  build: Build,
  cell: Cell,
): Pick<Hsm, 'agree' | 'exchange' | 'connect' | 'close' | 'endSessions'> => {
  const { parts, codec, iterations, terminal } = build
  const { read, write, draw, audit, spokenMode } = cell

  const sessionOf = (id: number): Session | undefined => {
    const unit = read()
    return parts.isOperational(unit) ? unit.sessions.find(open => open.id === id) : undefined
  }

  /** The answer to a command in a session; null where that is over. */
  const carryOut = (id: number, command: Command): Answer | null => {
    const session = sessionOf(id)
    const { contents, failures, tokens, limited, seconds: now } = read()
    if (session === undefined || contents === null) return null
    const held = { contents, failures, tokens: parts.currentTokens(tokens, now) } // §quorum.expire
    const { answer, ...after } = execute({ parts, draw, iterations, limited, now }, held, command)
    if (!areConsistent(parts, contents, after.contents)) {
      write(inError(read())) // §hardware.pairwise
      return null
    }
    write(afterWrite(parts, { ...countAnswer(read(), session), ...after }, contents))
    const opcode = opcodeOf[command.op]
    const user = command.op === 'Activate' ? 'PRECO' : 'as' in command ? (command.as?.user ?? '') : ''
    const response = answer.ok ? 'SUCCESS' : answer.code
    if (opcode !== null) audit({ opcode, user, response }, command)
    return answer
  }

  const close = (id: number): void => {
    const unit = read()
    // What a write replaced or deleted is kept for peers no longer than its session lasts.
    write({ ...endSessions(unit, session => session.id === id), before: null })
  }

  return {
    agree: nonce => {
      const [mode, unit] = [spokenMode(), read()]
      if (!parts.isOperational(unit) || mode === null) return null
      const agreed = agree(parts, unit, mode, nonce)
      if (agreed === null) return null
      write(agreed.unit)
      return agreed.agreement
    },

    exchange: (id, record) => {
      const session = sessionOf(id)
      if (session === undefined || read().contents === null) return null
      const command = openCommand(parts, session, record)
      const answer = command === null ? null : carryOut(id, command)
      return answer === null ? null : sealAnswer(parts, session, answer)
    },

    // §channel.tls
    connect: (client, performed) => {
      const [mode, certificates] = [spokenMode(), read().contents?.certificates ?? null]
      if (terminal === null || !parts.isOperational(read()) || mode === null || certificates === null) return null
      const key = draw(KEY_LENGTH)
      const { session, unit } = openSession(read(), key)
      write(unit)
      const done = (command: Command): Answer | null => {
        const answer = carryOut(session, command)
        if (answer !== null) performed()
        return answer
      }
      const perform = (bytes: Uint8Array): Uint8Array | null => performEncoded(bytes, done)
      return terminal.accept(identityOf(codec, certificates, mode), { perform, closed: () => close(session) }, client)
    },

    close,

    endSessions: () => {
      const unit = read()
      write({ ...endSessions(unit), before: null, tokens: parts.tokensAfterSessions(unit.tokens) }) // §quorum.own
    },
  }
}
