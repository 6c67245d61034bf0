/** Sealing and restoring a full HSM, 16,666 keys and 1,024 users, beside the bare cipher on as many bytes. */
import { gcm } from '@noble/ciphers/aes.js'
import { createFactory, defaultParts, parseBackup } from '../../impl/index.ts'
import { fullContents } from '../hsm/full.ts'
import { measure, type Measure } from './measure.ts'

const MEGABYTE = 1_000_000

export const sealing = async (): Promise<readonly Measure[]> => {
  const seed = new Uint8Array(32).fill(1)
  const factory = createFactory(seed, { ...defaultParts, initialContents: fullContents(16_666, 1_024) })
  const unit = (entropy: number) =>
    factory.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: new Uint8Array(32).fill(entropy) })
  const [source, target] = [unit(2), unit(3)]
  source.provision()
  const backup = source.backup()
  if (!backup.ok) throw new Error(`expected a backup, got ${backup.code}`)
  const { length } = parseBackup(backup.value)?.sealed ?? { length: 0 }
  const [key, nonce, plaintext] = [new Uint8Array(32), new Uint8Array(12), new Uint8Array(length)]
  const megabytes = length / MEGABYTE
  const bare = await measure('AES-256-GCM alone, encrypt and decrypt', 'MB/s', () => {
    gcm(key, nonce).decrypt(gcm(key, nonce).encrypt(plaintext))
    return megabytes
  })
  const whole = await measure(
    `seal and restore, ${megabytes.toFixed(1)} MB`,
    'MB/s',
    () => {
      const sealed = source.backup()
      if (!sealed.ok || !target.restore(sealed.value).ok) throw new Error('expected a restore')
      return megabytes
    },
    bare,
  )
  return [bare, whole]
}
