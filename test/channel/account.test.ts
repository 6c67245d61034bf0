/** An account with X.509 and TLS: a cluster is attested, initialised and used through the bytes that the service carries. */
import { describe, expect, it } from 'vitest'
import { createAccount, createAuthority, secure, type Account, type Channel, type Terminal } from '../../impl/index.ts'
import { openTls, tlsClientParts, tlsTerminal } from '../../impl/tls/index.ts'
import { verifyAttestation } from '../../impl/x509/index.ts'
import { CO, activate, codec, entropy, now, opened, setPolicy, told } from './world.ts'

const authority = createAuthority(entropy(600), codec)
const trust = { anchor: authority.anchor, mode: 'FIPS' } as const

const account = (): Account => createAccount({ seed: entropy(601), ...secure({ now }) })

const settle = (at: Account): void => {
  for (let due = at.service.pending()[0]; due !== undefined; due = at.service.pending()[0]) at.service.settle(due)
}

const valueOf = <T>(
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string },
): T => {
  if (!outcome.ok) throw new Error(`refused with ${outcome.code}`)
  return outcome.value
}

/** A cluster with an HSM and no certificate. */
const fresh = (at: Account): string => {
  const { clusterId } = valueOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS' }))
  settle(at)
  valueOf(at.service.createHsm(clusterId))
  settle(at)
  return clusterId
}

const initialise = (at: Account, clusterId: string): void => {
  const [cluster] = at.service.describeClusters(clusterId)
  const signedCert = authority.issue(cluster?.clusterCsr ?? new Uint8Array(0)) ?? new Uint8Array(0)
  valueOf(at.service.initializeCluster({ clusterId, signedCert, trustAnchor: authority.anchor }))
  settle(at)
}

const talk = (at: Account, clusterId: string, number = 0): Promise<Channel> => {
  const connection = at.service.connectionsTo(clusterId)[number]
  return opened(openTls(client => connection?.connect(client) ?? null, tlsClientParts(codec))(trust))
}

describe('an account', () => {
  it('§attest.shown shows what proves its HSM genuine exactly while it shows the CSR', () => {
    const at = account()
    const clusterId = fresh(at)
    const [cluster] = at.service.describeClusters(clusterId)
    const { hsmCertificates, clusterCsr } = cluster ?? {}
    const roots = at.factory.roots
    if (!hsmCertificates || !clusterCsr || roots === null) throw new Error('expected certificates, got none')
    expect(verifyAttestation(hsmCertificates, { roots, request: clusterCsr, mode: 'FIPS' }, now()).ok).toBe(true)
    initialise(at, clusterId)
    const [after] = at.service.describeClusters(clusterId)
    expect([after?.clusterCsr, after?.hsmCertificates]).toEqual([null, undefined])
  })

  it('§cluster.initialize.certificate takes a certificate of the request, and none of another authority', () => {
    const at = account()
    const clusterId = fresh(at)
    const other = createAuthority(entropy(602), codec)
    const csr = at.service.describeClusters(clusterId)[0]?.clusterCsr ?? new Uint8Array(0)
    const signedCert = other.issue(csr) ?? new Uint8Array(0)
    const wrong = at.service.initializeCluster({ clusterId, signedCert, trustAnchor: authority.anchor })
    expect(wrong).toMatchObject({ ok: false, code: 'InvalidRequest' })
    initialise(at, clusterId)
    expect(at.service.describeClusters(clusterId)[0]?.state).toBe('INITIALIZED')
  })

  it('§channel.tls §cluster.write carries TLS to its HSMs, and brings what one is told to the others', async () => {
    const at = account()
    const clusterId = fresh(at)
    initialise(at, clusterId)
    const first = await talk(at, clusterId)
    expect(told(await first.tell(activate))).toBe('accepted')
    settle(at)
    valueOf(at.service.createHsm(clusterId))
    settle(at)
    expect(told(await first.tell(setPolicy(41)))).toBe('accepted')
    const second = await talk(at, clusterId, 1)
    expect(await second.tell({ op: 'Inspect', as: null })).toMatchObject({ value: { policy: 41, users: ['AU', 'CO'] } })
    const ideal = at.client.perform({ ...trust, clusterId }, { op: 'LogIn', as: CO })
    expect(ideal.ok).toBe(true)
    const text = Buffer.concat(at.service.view.map(({ bytes }) => bytes)).toString('latin1')
    expect([text.includes(CO.password), text.includes('a label'), text.includes(clusterId)]).toEqual([
      false,
      false,
      true,
    ])
    expect(at.service.view.filter(({ channel }) => channel === 'record').length).toBeGreaterThan(20)
  })

  it("§channel.tls hands the cluster's private key to the HSM's end of TLS, and shows it to nobody in any encoding", async () => {
    const keys: Uint8Array[] = []
    const known = tlsTerminal()
    const terminal: Terminal = {
      accept: (identity, inside, client) => {
        keys.push(identity.privateKey)
        return known.accept(identity, inside, client)
      },
    }
    const at = createAccount({ seed: entropy(603), ...secure({ now, terminal }) })
    const clusterId = fresh(at)
    initialise(at, clusterId)
    const channel = await talk(at, clusterId)
    expect(told(await channel.tell(activate))).toBe('accepted')
    valueOf(at.service.deleteHsm(clusterId, at.service.describeClusters(clusterId)[0]?.hsms[0]?.hsmId ?? ''))
    settle(at)
    const carried = Buffer.concat(at.service.view.map(({ bytes }) => bytes))
    const key = Buffer.from(keys[0] ?? [])
    expect([keys.length, key.length]).toEqual([1, 32])
    const forms = [
      key,
      key.toString('hex'),
      key.toString('base64').slice(0, 40),
      key.toString('base64url').slice(0, 40),
    ]
    for (const form of forms) expect(carried.includes(form)).toBe(false)
    const shown = at.service.describeClusters(clusterId)[0]?.clusterCertificate ?? new Uint8Array(0)
    const coordinate = Buffer.from(codec.keyIn(shown)?.subarray(1) ?? key)
    expect(carried.includes(coordinate)).toBe(true)
  })

  it('§client.pin §client.certificate has clients of the ideal channel that trust the authority, or pin the key as well', () => {
    const at = account()
    const clusterId = fresh(at)
    initialise(at, clusterId)
    const pin =
      codec.keyIn(at.service.describeClusters(clusterId)[0]?.clusterCertificate ?? new Uint8Array(0)) ?? undefined
    const list = (more: object) => at.client.perform({ ...trust, clusterId, ...more }, { op: 'ListUsers' })
    expect([list({}).ok, list({ pin }).ok]).toEqual([true, true])
    const other = { code: 'CERTIFICATE' }
    expect([list({ pin: new Uint8Array(33) }), list({ mode: 'NON_FIPS' })]).toMatchObject([other, other])
  })

  it('§client.available ends a channel to an HSM that serves no longer, and does nothing through it', async () => {
    const at = account()
    const clusterId = fresh(at)
    initialise(at, clusterId)
    const channel = await talk(at, clusterId)
    expect(told(await channel.tell(activate))).toBe('accepted')
    settle(at)
    const [hsm] = at.service.describeClusters(clusterId)[0]?.hsms ?? []
    at.service.failHsm(hsm?.hsmId ?? '')
    expect(told(await channel.tell(setPolicy(42)))).toBe('none')
  })
})
