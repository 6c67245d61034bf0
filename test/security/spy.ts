/** A spy inside an HSM: it tells the checker, and nobody else, what is secret there, so that it can be looked for outside. */
import { defaultParts, type AccountParts, type Parts } from '../../impl/index.ts'

export interface Spied {
  readonly parts: Partial<AccountParts>
  /** Copies of all secrets so far: keys, BEKs, wrapping and root keys, private keys of clusters, channel keys. */
  readonly secrets: readonly Uint8Array[]
  /** Forgets them, for another story. */
  forget(): void
}

/** The same parts, each of which notes what is secret in passing. */
export const spied = (parts: Partial<AccountParts> = {}): Spied => {
  const hsm: Parts = parts.hsm ?? defaultParts
  const secrets: Uint8Array[] = []
  const note = (secret: Uint8Array | null): void => {
    if (secret !== null) secrets.push(secret.slice())
  }
  const watched: Parts = {
    ...hsm,
    generateKey: (...args) => {
      const key = hsm.generateKey(...args)
      note(key.value)
      return key
    },
    drawBek: draw => {
      const bek = hsm.drawBek(draw)
      note(bek)
      return bek
    },
    derivePbk: inputs => {
      note(inputs.mkbk)
      note(inputs.akbk)
      const pbk = hsm.derivePbk(inputs)
      note(pbk)
      return pbk
    },
    sessionKey: (...args) => {
      const key = hsm.sessionKey(...args)
      note(key)
      return key
    },
    initialContents: certificates => {
      note(certificates.privateKey)
      return hsm.initialContents(certificates)
    },
    records: {
      seal: (key, nonce, plaintext) => {
        note(key)
        return hsm.records.seal(key, nonce, plaintext)
      },
      open: (key, nonce, record) => hsm.records.open(key, nonce, record),
    },
  }
  return { parts: { ...parts, hsm: watched }, secrets, forget: () => void secrets.splice(0) }
}
