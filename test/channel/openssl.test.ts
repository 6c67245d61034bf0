/** OpenSSL's command line, as AWS's guide uses it: it reads every certificate, signs the request, and talks to the HSM. */
import { execFile, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority, type Hsm } from '../../impl/index.ts'
import { fromPem, toPem, x509Codec } from '../../impl/x509/index.ts'
import {
  activate,
  adapters,
  clock,
  codeOf,
  entropy,
  manufacturer,
  opened,
  provisioned,
  START,
  told,
  type Adapter,
} from './world.ts'

const isThere = spawnSync('openssl', ['version']).status === 0
const [, tls] = adapters as readonly [Adapter, Adapter]

/** Runs it in a folder, with nothing to read, or nothing once it has said this; what it says, and whether it was content. */
const opensslUntil = (
  folder: string,
  word: string,
  args: readonly string[],
): Promise<{ readonly ok: boolean; readonly said: string }> =>
  new Promise(done => {
    const child = execFile('openssl', args, { cwd: folder }, (error, out, err) =>
      done({ ok: error === null, said: out + err }),
    )
    if (word === '') child.stdin?.end()
    else child.stdout?.on('data', (said: string) => said.includes(word) && child.stdin?.end())
  })
const openssl = (folder: string, ...args: readonly string[]) => opensslUntil(folder, '', args)

/** An HSM behind a port of this machine. */
const listening = async <T>(hsm: Hsm, use: (port: string) => Promise<T>): Promise<T> => {
  const server = createServer(socket => {
    const wire = hsm.connect({ send: bytes => void socket.write(bytes), end: () => void socket.end() }, () => undefined)
    socket.on('data', (bytes: Buffer) => wire?.send(bytes))
    socket.on('close', () => wire?.end())
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>(listen => server.listen(0, '127.0.0.1', listen))
  try {
    return await use(`127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.close()
  }
}

const withOpenssl = (): void => {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  // OpenSSL goes by the machine's clock.
  clock.seconds = Math.floor(Date.now() / 1000)
  const factory = manufacturer()
  const hsm = provisioned(700, factory)
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const der = (name: string): Uint8Array => fromPem('CERTIFICATE', read(name)) ?? new Uint8Array(0)

  beforeAll(() => {
    const { attestation, roots } = { attestation: hsm.attestation(), roots: factory.roots }
    if (attestation === null || roots === null) throw new Error('expected an attestation, got none')
    write('ClusterCsr.csr', toPem('CERTIFICATE REQUEST', hsm.certificateRequest() ?? new Uint8Array(0)))
    write('HsmCertificate.crt', toPem('CERTIFICATE', attestation.hsm))
    write('AwsHardwareCertificate.crt', toPem('CERTIFICATE', attestation.awsHardware))
    write('ManufacturerHardwareCertificate.crt', toPem('CERTIFICATE', attestation.manufacturerHardware))
    write('AwsRoot.crt', toPem('CERTIFICATE', roots.aws))
    write('ManufacturerRoot.crt', toPem('CERTIFICATE', roots.manufacturer))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
    clock.seconds = START
  })

  it('§certificate.request reads the CSR, and finds it signed by its own key', async () => {
    const { ok, said } = await openssl(folder, 'req', '-in', 'ClusterCsr.csr', '-noout', '-verify', '-text')
    expect([ok, said.includes('verify OK'), said.includes('NIST CURVE: P-256')]).toEqual([true, true, true])
  })

  it('§certificate.form §attest.mode reads every certificate, and finds the mode in the name of the HSM', async () => {
    for (const name of ['HsmCertificate', 'AwsHardwareCertificate', 'ManufacturerHardwareCertificate', 'AwsRoot']) {
      const { ok, said } = await openssl(folder, 'x509', '-in', `${name}.crt`, '-noout', '-text')
      expect([name, ok, said]).toEqual([name, true, expect.stringContaining('ecdsa-with-SHA256')])
    }
    const { said } = await openssl(folder, 'x509', '-in', 'HsmCertificate.crt', '-noout', '-subject')
    expect(said).toContain('for FIPS mode')
  })

  it.each([
    ['Aws', 'Aws', true],
    ['Manufacturer', 'Manufacturer', true],
    ['Aws', 'Manufacturer', false],
  ])(
    '§attest.chains verifies the chain from the root of %s through the hardware of %s: %s',
    async (root, hardware, ok) => {
      const files = [
        '-CAfile',
        `${root}Root.crt`,
        '-untrusted',
        `${hardware}HardwareCertificate.crt`,
        'HsmCertificate.crt',
      ]
      expect((await openssl(folder, 'verify', '-x509_strict', ...files)).ok).toBe(ok)
    },
  )

  it('§attest.key finds the same key in the HSM certificate and in the CSR', async () => {
    const key = await openssl(folder, 'x509', '-in', 'HsmCertificate.crt', '-noout', '-pubkey')
    const requested = await openssl(folder, 'req', '-in', 'ClusterCsr.csr', '-noout', '-pubkey')
    expect([key.ok, key.said]).toEqual([true, requested.said])
  })

  it('§certificate.form verifies what an authority of this repository has issued', async () => {
    const authority = createAuthority(entropy(701), x509Codec({ now: () => clock.seconds }))
    write('own.crt', toPem('CERTIFICATE', authority.anchor))
    write(
      'issued.crt',
      toPem('CERTIFICATE', authority.issue(hsm.certificateRequest() ?? new Uint8Array(0)) ?? new Uint8Array(0)),
    )
    expect(await openssl(folder, 'verify', '-x509_strict', '-CAfile', 'own.crt', 'issued.crt')).toMatchObject({
      ok: true,
    })
  })

  it("§cluster.initialize.certificate §client.certificate signs the CSR by the steps of AWS's guide, and the HSM serves a client with it", async () => {
    const steps = [
      'genrsa -aes256 -passout pass:secret -out customerCA.key 2048',
      'req -new -x509 -days 3652 -key customerCA.key -passin pass:secret -subj /O=Customer/CN=Authority -out customerCA.crt',
      'x509 -req -days 3652 -in ClusterCsr.csr -CA customerCA.crt -CAkey customerCA.key -passin pass:secret -CAcreateserial -out CustomerHsmCertificate.crt',
    ]
    for (const step of steps)
      expect([step, await openssl(folder, ...step.split(' '))]).toMatchObject([step, { ok: true }])
    clock.seconds = Math.floor(Date.now() / 1000)
    expect(hsm.installCertificate(der('CustomerHsmCertificate.crt'))).toMatchObject({ ok: true })
    for (const adapter of adapters)
      expect(await codeOf(adapter.open(hsm, { mode: 'FIPS', anchor: der('customerCA.crt') }))).toBe('opens')
    const channel = await opened(tls.open(hsm, { mode: 'FIPS', anchor: der('customerCA.crt') }))
    expect(told(await channel.tell(activate))).toBe('accepted')
    channel.close()
  })

  it('§client.authority makes an authority of the same name, which is not the same', async () => {
    const steps = [
      'ecparam -name prime256v1 -genkey -noout -out other.key',
      'req -new -x509 -days 3652 -key other.key -subj /O=Customer/CN=Authority -out other.crt',
    ]
    for (const step of steps)
      expect([step, await openssl(folder, ...step.split(' '))]).toMatchObject([step, { ok: true }])
    expect(new X509Certificate(read('other.crt')).subject).toBe(new X509Certificate(read('customerCA.crt')).subject)
    for (const adapter of adapters)
      expect(await codeOf(adapter.open(hsm, { mode: 'FIPS', anchor: der('other.crt') }))).toBe('CERTIFICATE')
  })

  it('§channel.version §channel.tls makes its own handshake with the HSM, by TLS 1.3 and no other version', async () => {
    const asked = ['-CAfile', 'customerCA.crt', '-verify_return_error', '-connect']
    const [whole, older] = await listening(hsm, async port => [
      await openssl(folder, 's_client', '-tls1_3', ...asked, port),
      await openssl(folder, 's_client', '-tls1_2', ...asked, port),
    ])
    expect(whole.said).toMatch(/New, TLSv1\.3, Cipher is TLS_AES_256_GCM_SHA384/)
    expect(whole.said).toMatch(/Verify return code: 0 \(ok\)|Verification: OK/)
    expect(older).toMatchObject({ ok: false })
  })

  it('§channel.fresh resumes nothing with the HSM, and sends it nothing before the handshake is over', async () => {
    write('early', 'something to begin with')
    const said = (port: string, ...more: readonly string[]) =>
      opensslUntil(folder, 'cloudhsm-channel', ['s_client', '-tls1_3', ...more, '-connect', port])
    const [first, second] = await listening(hsm, async port => [
      await said(port, '-sess_out', 'session.pem'),
      await said(port, '-sess_in', 'session.pem', '-early_data', 'early'),
    ])
    expect(first.said).toContain('New, TLSv1.3')
    expect(read('session.pem')).toContain('BEGIN SSL SESSION PARAMETERS')
    expect([second.said.includes('Reused, '), second.said.includes('New, TLSv1.3')]).toEqual([false, true])
    expect(second.said).toMatch(/Early data was (not sent|rejected)/)
  })
}

if (isThere || process.env['CI'] !== undefined) describe("OpenSSL's command line", withOpenssl)
else it.skip('skipped: there is no openssl on this machine', () => undefined)
