/** The first message on a channel, which the HSM sends: the mode that it is in. */
import { decodeValue, encodeValue, type Mode } from '../hsm/index.ts'

const GREETING = 'cloudhsm-channel'

export const encodeGreeting = (mode: Mode): Uint8Array => encodeValue([GREETING, mode])

/** Null for bytes that are no greeting. */
export const decodeGreeting = (bytes: Uint8Array): Mode | null => {
  const value = decodeValue(bytes)
  const [kind, mode] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : []
  return kind === GREETING && (mode === 'FIPS' || mode === 'NON_FIPS') ? mode : null
}
