/** Padding: what goes into records has one length, and what is not padded is nothing. */
import { describe, expect, it } from 'vitest'
import { BLOCK, pad, unpad } from '../../impl/hsm/padding.ts'
import { decodeAnswer, decodeCommand, encodeAnswer, encodeCommand, type Command } from '../../impl/hsm/wire.ts'

const long = 'p'.repeat(64)
const name = 'n'.repeat(16)
const as = { user: name, password: long }
const publicKey = new Uint8Array(33)

/** Every command, as long as it may be. */
const commands: readonly Command[] = [
  { op: 'Activate', password: long, label: long, publicKey },
  { op: 'LogIn', as },
  { op: 'ListUsers' },
  { op: 'CreateUser', as, name, role: 'CO', password: long, publicKey },
  { op: 'ChangePassword', as, name, password: long },
  { op: 'DeleteUser', as, name },
  { op: 'GenerateKey', as, label: long, kind: 'AES' },
  { op: 'UseKey', as, label: long, challenge: new Uint8Array(16) },
  { op: 'FindKey', as, label: long, before: 'GenerateKey' },
  { op: 'DeleteKey', as, label: long },
  { op: 'SetPolicy', as, value: 2 ** 32 },
  { op: 'SetQuorum', as, value: 8 },
  { op: 'QuorumToken', as, service: 'quorum' },
  { op: 'ApproveToken', as, token: new Uint8Array(64), signature: new Uint8Array(64) },
  { op: 'DeleteToken', as, service: 'quorum' },
  { op: 'ListTokens' },
  { op: 'Inspect', as },
]

describe('§channel.length', () => {
  it('every command is one block, however long its passwords', () => {
    expect(commands.map(command => encodeCommand(command).length)).toEqual(commands.map(() => BLOCK))
    for (const command of commands) expect(decodeCommand(encodeCommand(command))).toEqual(command)
    const short: Command = { op: 'LogIn', as: { user: 'CO', password: '' } }
    expect(encodeCommand(short)).toHaveLength(BLOCK)
  })
  it('an answer is one block, whether it is accepted or refused', () => {
    const answers = [
      { ok: true, value: { kind: 'done' } },
      { ok: true, value: { kind: 'key', label: long } },
      { ok: true, value: { kind: 'users', users: ['AU', 'CO', 'CO2', 'CO3', 'CU'], locked: ['CU'] } },
      { ok: false, code: 'LOGIN_FAILURE' },
    ] as const
    for (const answer of answers) {
      expect(encodeAnswer(answer)).toHaveLength(BLOCK)
      expect(decodeAnswer(encodeAnswer(answer))).toEqual(answer)
    }
  })
  it('what is longer takes whole blocks', () => {
    expect([0, 255, 256, 511, 512].map(length => pad(new Uint8Array(length)).length / BLOCK)).toEqual([1, 1, 2, 2, 3])
  })
  it('what is not padded so is refused', () => {
    const padded = pad(Uint8Array.of(1, 2, 0))
    expect(unpad(padded)).toEqual(Uint8Array.of(1, 2, 0))
    expect(unpad(padded.slice(0, -1))).toBeNull()
    expect(unpad(new Uint8Array(BLOCK))).toBeNull()
    expect(unpad(new Uint8Array(0))).toBeNull()
    expect(unpad(new Uint8Array([...padded, ...new Uint8Array(BLOCK)]))).toBeNull()
    expect(unpad(padded.with(BLOCK - 1, 1))).toBeNull()
  })
})
