/** Contents of an HSM that is full, as many keys and users as asked. */
import { generate, instantiate, type Parts } from '../../impl/hsm/index.ts'
import { entropy } from './fleet.ts'

/** In place of the initial contents: token keys and crypto users by the thousand. */
export const fullContents =
  (keys: number, users: number): Parts['initialContents'] =>
  certificates => {
    let state = instantiate(entropy(6), new Uint8Array(0))
    const draw = (length: number): Uint8Array => {
      const next = generate(state, length)
      state = next.state
      return next.bytes
    }
    return {
      users: Array.from({ length: users }, (_, i) => ({
        name: `user ${i}`,
        role: 'CU' as const,
        verifier: { salt: draw(16), iterations: 1000, hash: draw(32) },
        publicKey: null,
      })),
      keys: Array.from({ length: keys }, (_, i) => ({
        label: `key ${i}`,
        kind: 'AES' as const,
        value: draw(32),
        owner: `user ${i % users}`,
        token: true,
        sensitive: true,
        extractable: i % 2 === 0,
      })),
      certificates,
      policies: 1,
      quorum: 2,
      configuration: { label: 'full' },
    }
  }
