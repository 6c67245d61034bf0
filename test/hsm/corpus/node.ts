/** A reader of version 1 by another library: SPEC.md §7 and §8 with Node's own cryptography, and nothing of the HSM's. */
import { createDecipheriv, createHmac } from 'node:crypto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readBackup, write, arrayItem, numberItem, textItem } from '../tampering/form.ts'
import { bytes, type Keys, type Opens } from './form.ts'

const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array =>
  parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest()

const text = (of: string): Uint8Array => new TextEncoder().encode(of)

/** PBK, the 256 bits of the first block: the counter, Label, 0x00, Context and L. */
const pbkOf = (keys: Keys, mode: string, line: keyof Keys['mkbk']): Uint8Array => {
  const ki = hmac(text('cloudhsm-backup KI'), bytes(keys.mkbk[line]), bytes(keys.akbk))
  const context = write(arrayItem([textItem(mode), textItem(line), numberItem(1)].map(item => write(item))))
  const [counter, zero, length] = [Uint8Array.of(0, 0, 0, 1), Uint8Array.of(0), Uint8Array.of(0, 0, 1, 0)]
  return hmac(ki, counter, text('cloudhsm-backup PBK'), zero, context, length)
}

/** The BEK and the encoded contents of a backup, in hex and in bytes. Throws on what does not open. */
export const openByNode = (keys: Keys, { mode, line, backup }: Opens): { bek: string; plaintext: Uint8Array } => {
  const read = readBackup(bytes(backup))
  if (read === null) throw new Error('expected a backup of version 1')
  const { header, wrapped, nonce, sealed } = read.fields
  const unwrap = createDecipheriv('id-aes256-wrap', pbkOf(keys, mode, line), Buffer.alloc(8, 0xa6))
  const bek = Buffer.concat([unwrap.update(wrapped), unwrap.final()])
  const cipher = createDecipheriv('aes-256-gcm', bek, nonce, { authTagLength: 16 })
  cipher.setAAD(header)
  cipher.setAuthTag(sealed.subarray(-16))
  const plaintext = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  return { bek: bytesToHex(bek), plaintext }
}
