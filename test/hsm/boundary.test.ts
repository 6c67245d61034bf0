/** What is inside the boundary: roots, wrapping keys, the generator, scratch memory, and the way they come and go. */
import { describe, expect, it } from 'vitest'
import { createFactory, defaultParts, generate, type Line, type Mode } from '../../impl/hsm/index.ts'
import { signFirmware, PLAIN, type FirmwareKeys } from '../../impl/hsm/firmware.ts'
import { boot, handleFor, type Booted } from '../../impl/hsm/rom.ts'
import { generateKeyPair, sign, verify, verifyAfresh } from '../../impl/hsm/signature.ts'
import { codeOf, entropy, factory, filled, tell, CO, valueOf } from './fleet.ts'

describe('wrapping keys, compared inside the boundary', () => {
  let drawn = 40
  const pair = () => generateKeyPair(length => generateBytes(drawn++, length))
  const [production, other] = [pair(), pair()]
  const keys: FirmwareKeys = { production: production.publicKey, other: other.publicKey }
  const images: Record<Mode, ReturnType<typeof signFirmware>> = {
    FIPS: signFirmware(production, 'production', PLAIN),
    NON_FIPS: signFirmware(other, 'other', PLAIN),
  }
  const A = { hsm1: entropy(1), hsm2m: entropy(2) }
  const start = (own: Line, mode: Mode, fused: Partial<Record<Line, Uint8Array>>, akbk: Uint8Array | null): Booted =>
    valueOf(boot(defaultParts, own, { fused, akbk }, keys, images[mode]))
  const pbk = (booted: Booted, line: Line) => handleFor(booted.handles, line)?.pbk
  const reference = pbk(start('hsm2m', 'FIPS', A, entropy(3)), 'hsm2m')

  it('§key.pbk is the same on two units with the same roots, in the same mode and line', () => {
    expect(pbk(start('hsm2m', 'FIPS', { ...A }, entropy(3)), 'hsm2m')).toEqual(reference)
    const older = pbk(start('hsm1', 'FIPS', { hsm1: A.hsm1 }, entropy(3)), 'hsm1')
    expect(pbk(start('hsm2m', 'FIPS', A, entropy(3)), 'hsm1')).toEqual(older)
  })

  it.each([
    ['§key.mode the mode', start('hsm2m', 'NON_FIPS', A, entropy(3)), 'hsm2m'],
    ['§key.line the line', start('hsm2m', 'FIPS', A, entropy(3)), 'hsm1'],
    [
      '§key.line the line, when both lines hold one MKBK',
      start('hsm2m', 'FIPS', { hsm1: A.hsm2m }, entropy(3)),
      'hsm1',
    ],
    ['§key.mkbk MKBK', start('hsm2m', 'FIPS', { ...A, hsm2m: entropy(4) }, entropy(3)), 'hsm2m'],
    ['§key.akbk AKBK', start('hsm2m', 'FIPS', A, entropy(4)), 'hsm2m'],
    ['§key.akbk the presence of AKBK', start('hsm2m', 'FIPS', A, null), 'hsm2m'],
  ] as const)('%s changes it', (_, booted, line) => {
    expect(pbk(booted, line)).not.toEqual(reference)
    expect(pbk(booted, line)).toHaveLength(32)
  })

  it('§key.line a handle wraps for its own line only, and hsm1 has none for the newer line', () => {
    const mayWrap = (own: Line, fused: Partial<Record<Line, Uint8Array>>) =>
      start(own, 'FIPS', fused, entropy(3)).handles.map(handle => [handle.line, handle.mayWrap])
    expect(mayWrap('hsm2m', A)).toEqual([
      ['hsm1', false],
      ['hsm2m', true],
    ])
    expect(mayWrap('hsm1', { hsm1: A.hsm1 })).toEqual([['hsm1', true]])
  })
})

const generateBytes = (n: number, length: number): Uint8Array =>
  generate({ key: entropy(n), v: entropy(n), counter: 1 }, length).bytes

describe('hardware', () => {
  it('§hardware.manufacture leaves its manufacturer without AKBK, without firmware and without contents', () => {
    const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(50) })
    expect([hsm.power(), hsm.mode(), hsm.digest()]).toEqual(['POWERED_OFF', null, ''])
    valueOf(hsm.boot(factory.image('fips')))
    expect(codeOf(hsm.restore(valueOf(filled(51).backup())))).toBe('UNWRAP')
  })

  it('§hardware.boot takes its mode from the key that signed the firmware', () => {
    const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(50) })
    expect(valueOf(hsm.boot(factory.image('fips')))).toBe('FIPS')
    expect(valueOf(hsm.boot(factory.image('other')))).toBe('NON_FIPS')
  })

  it('§hardware.firmware halts on forged firmware, until it is started with the real one', () => {
    const hsm = filled(52)
    const before = hsm.digest()
    expect(codeOf(hsm.boot(factory.image('forged')))).toBe('FIRMWARE')
    expect([hsm.power(), hsm.mode(), hsm.agree(entropy(1))]).toEqual(['HALTED', null, null])
    valueOf(hsm.boot(factory.image('fips')))
    expect(hsm.digest()).toBe(before)
  })

  it('§hardware.operational refuses to restore before it has booted, and after it has halted', () => {
    const hsm = factory.manufacture({ genuine: true, line: 'hsm2m', entropy: entropy(50) })
    const backup = valueOf(filled(51).backup())
    expect(codeOf(hsm.restore(backup))).toBe('NOT_OPERATIONAL')
    hsm.boot(factory.image('forged'))
    expect(codeOf(hsm.restore(backup))).toBe('NOT_OPERATIONAL')
  })

  it('§hardware.zeroise is zeroised when the mode changes, and only then', () => {
    const hsm = filled(53)
    const before = hsm.digest()
    valueOf(hsm.boot(factory.image('fips')))
    expect(hsm.digest()).toBe(before)
    valueOf(hsm.boot(factory.image('other')))
    expect(hsm.digest()).toBe('')
  })

  it('§key.mkbk opens nothing when its ROM verifies nothing, since it holds no MKBK', () => {
    const gullible = { ...defaultParts, classifyFirmware: () => 'production' as const }
    const imitation = createFactory(entropy(1_000_000), gullible)
    const backup = valueOf(filled(51).backup())
    const hsm = imitation.manufacture({ genuine: false, line: 'hsm2m', entropy: entropy(54) })
    valueOf(hsm.commission(imitation.officers))
    for (const kind of ['fips', 'other', 'forged'] as const) {
      expect(valueOf(hsm.boot(imitation.image(kind)))).toBe('FIPS')
      expect(codeOf(hsm.restore(backup))).toBe('UNWRAP')
    }
    const control = imitation.fleet({ line: 'hsm2m', mode: 'FIPS', entropy: entropy(54) })
    expect(codeOf(control.restore(backup))).toBe('opens')
  })

  it('§hardware.firmware remembers no verdict that verification would not give', () => {
    const pair = generateKeyPair(length => generateBytes(60, length))
    const message = entropy(61)
    const signature = sign(pair, message)
    expect(verifyAfresh(pair.publicKey, message, signature)).toBe(true)
    expect(verify(pair.publicKey, message, signature)).toBe(true)
    expect(verify(pair.publicKey, entropy(62), signature)).toBe(false)
    expect(sign(pair, message)).toEqual(signature)
  })
})

describe('scratch memory', () => {
  const taken: Record<string, Uint8Array> = {}
  const { bulk, keyWrap, derivePbk, generatorAfterRestore } = defaultParts
  const watching = createFactory(entropy(1_000_000), {
    ...defaultParts,
    bulk: {
      open: bulk.open,
      seal: (key, nonce, associated, plaintext) => {
        Object.assign(taken, { 'BEK of a backup': key, 'plaintext of a backup': plaintext })
        return bulk.seal(key, nonce, associated, plaintext)
      },
    },
    keyWrap: {
      wrap: keyWrap.wrap,
      unwrap: (pbk, wrapped) => {
        const key = keyWrap.unwrap(pbk, wrapped)
        if (key !== null) taken['BEK of a restore'] = key
        return key
      },
    },
    generatorAfterRestore: (own, plaintext) => {
      taken['plaintext of a restore'] = plaintext
      return generatorAfterRestore(own, plaintext)
    },
    derivePbk: inputs => (taken['PBK'] = derivePbk(inputs)),
  })
  const hsm = filled(80, 'hsm2m', 'FIPS', watching)

  it('§backup.wrapped §backup.sealed is wiped: no BEK and no plaintext is left after a backup and a restore', () => {
    valueOf(hsm.restore(valueOf(hsm.backup())))
    for (const name of ['BEK of a backup', 'plaintext of a backup', 'BEK of a restore', 'plaintext of a restore']) {
      expect(taken[name]?.length, name).toBeGreaterThan(0)
      expect(
        taken[name]?.every(byte => byte === 0),
        name,
      ).toBe(true)
    }
  })

  it('§key.pbk is wiped: no wrapping key of the last boot is left after a reset', () => {
    const pbk = taken['PBK']
    expect(pbk?.some(byte => byte !== 0)).toBe(true)
    hsm.boot(watching.image('forged'))
    expect(pbk?.every(byte => byte === 0)).toBe(true)
  })
})

describe('what leaves', () => {
  it('§invariant.plaintext holds no password, label or key: in backups, in the audit log, in certificates', () => {
    const bek: Uint8Array[] = []
    const watching = createFactory(entropy(1_000_000), {
      ...defaultParts,
      generateKey: (...args) => {
        const key = defaultParts.generateKey(...args)
        bek.push(key.value.slice())
        return key
      },
    })
    const hsm = filled(90, 'hsm2m', 'FIPS', watching)
    tell(hsm, { op: 'LogIn', as: { user: 'CO', password: 'wrong-password' } })
    const out = [valueOf(hsm.backup()), valueOf(hsm.synchronise()), hsm.certificate(), ...hsm.drainAudit()]
    const text = Buffer.concat(out).toString('latin1')
    for (const secret of [
      CO.password,
      'wrong-password',
      'label 90',
      ...bek.map(key => Buffer.from(key).toString('latin1')),
    ])
      expect(text.includes(secret)).toBe(false)
    expect(hsm.drainAudit()).toEqual([])
  })
})
