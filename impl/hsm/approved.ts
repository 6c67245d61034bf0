/** The algorithms that hardware offers and uses, in either mode: a closed list, each approved by the standard that it names. */

/** By name: the standard that approves it, and what of @noble computes it; nothing where the HSM has its own. §hardware.approved */
export const APPROVED = {
  'SHA-256': { standard: 'FIPS 180-4', computedBy: ['sha256'] },
  'HMAC-SHA-256': { standard: 'FIPS 198-1', computedBy: ['hmac'] },
  HMAC_DRBG: { standard: 'SP 800-90A Rev. 1 §10.1.2', computedBy: [] },
  'key extraction': { standard: 'SP 800-133 Rev. 2 §6.3', computedBy: [] },
  'KDF in counter mode': { standard: 'SP 800-108 Rev. 1 §4.1', computedBy: [] },
  'AES-256-GCM': { standard: 'SP 800-38D', computedBy: ['gcm'] },
  'AES-256 key wrap': { standard: 'SP 800-38F §6.2', computedBy: ['aeskw'] },
  'AES-256-CMAC': { standard: 'SP 800-38B', computedBy: ['cmac'] },
  'ECDSA P-256': { standard: 'FIPS 186-5 §6', computedBy: ['p256'] },
  PBKDF2: { standard: 'SP 800-132 §5.3', computedBy: ['pbkdf2'] },
} as const satisfies Readonly<Record<string, { readonly standard: string; readonly computedBy: readonly string[] }>>

export type Approved = keyof typeof APPROVED
