/** The import table of the house: held by every file, and each of its lines caught when it is breached. */
import { describe, expect, it } from 'vitest'
import { importsOf, readFiles } from '../../cli/spec/index.ts'
import { ROOMS, importBreaches } from './imports.ts'

const imports = (...from: readonly string[]): string => from.map(name => `import { x } from '${name}'\n`).join('')

/** For each room: a file of it, what it may import, and what it may not. */
const PLANTED: Readonly<Record<string, readonly (readonly [string, readonly string[], readonly string[]])[]>> = {
  'model/explore': [
    [
      'model/explore/x.ts',
      ['node:worker_threads', 'xstate', '../view.ts'],
      ['node:fs', 'fast-check', '../../impl/index.ts'],
    ],
  ],
  model: [
    [
      'model/x.ts',
      ['xstate', 'ts-pattern', './view.ts'],
      ['node:worker_threads', 'xstate/graph', '@noble/hashes/sha2.js', '../impl/index.ts', '../impl/hsm/index.ts'],
    ],
  ],
  properties: [
    [
      'properties/x.ts',
      ['../model/index.ts', 'ts-pattern', './y.ts'],
      ['../model/view.ts', 'xstate', '../impl/index.ts', 'node:fs'],
    ],
  ],
  'impl/hsm, its CBOR': [['impl/hsm/cbor.ts', ['cborg', './x.ts'], ['../service/x.ts', 'node:buffer']]],
  'impl/hsm': [
    [
      'impl/hsm/x.ts',
      ['@noble/ciphers/aes.js', 'ts-pattern', './y.ts'],
      ['cborg', '../service/x.ts', 'node:crypto', '../../model/index.ts', '../../test/conformance/index.ts'],
    ],
  ],
  'impl/service': [
    [
      'impl/service/x.ts',
      ['./y.ts', '../hsm/index.ts', '@noble/ciphers/aes.js'],
      ['../hsm/unit.ts', '../hsm/client.ts', '../client/x.ts', 'node:fs', 'cborg', 'xstate', '../../model/index.ts'],
    ],
  ],
  'impl/client': [
    [
      'impl/client/x.ts',
      ['./y.ts', '../hsm/index.ts', '../hsm/client.ts', '../service/index.ts', '@noble/ciphers/aes.js'],
      ['../hsm/unit.ts', '../service/x.ts', 'node:net', '../../model/index.ts'],
    ],
  ],
  'impl/x509': [
    [
      'impl/x509/x.ts',
      ['../hsm/index.ts', '@peculiar/asn1-x509', 'node:crypto'],
      ['../hsm/x.ts', 'node:tls', 'asn1js'],
    ],
  ],
  "impl/tls, the HSM's end": [
    ['impl/tls/terminal.ts', ['../x509/index.ts', 'node:tls'], ['../client/index.ts', '../hsm/unit.ts', 'node:net']],
  ],
  'impl/tls': [
    ['impl/tls/client.ts', ['../client/index.ts', 'node:tls'], ['./terminal.ts', '../service/index.ts', 'node:crypto']],
  ],
  impl: [
    [
      'impl/x.ts',
      ['./index.ts', './service/index.ts'],
      ['../model/index.ts', './hsm/unit.ts', '@noble/hashes/sha2.js', 'node:fs'],
    ],
  ],
  'test/conformance': [
    [
      'test/conformance/x.ts',
      [
        '../../model/index.ts',
        '../../properties/index.ts',
        '../../impl/index.ts',
        'fast-check',
        'ts-pattern',
        '@noble/hashes/sha2.js',
      ],
      ['vitest', '../faults/index.ts', '../../impl/hsm/index.ts', '../../model/view.ts', 'cborg', 'node:fs'],
    ],
  ],
  'test/faults': [
    [
      'test/faults/x.ts',
      ['../../impl/index.ts', '../../impl/hsm/seams.ts', '@noble/hashes/sha2.js', '../conformance/index.ts'],
      [
        '../../model/index.ts',
        '../../properties/index.ts',
        '../../impl/hsm/rom.ts',
        'vitest',
        '../conformance/port.ts',
        'fast-check',
      ],
    ],
  ],
  'test/security': [
    [
      'test/security/x.ts',
      [
        '../../model/index.ts',
        '../conformance/index.ts',
        '../../impl/index.ts',
        '../../impl/hsm/seams.ts',
        './fault.ts',
      ],
      ['vitest', '../../model/edit.ts', '../../impl/hsm/hsm.ts', '../conformance/port.ts', 'node:fs', 'xstate'],
    ],
  ],
  'test/mutants': [
    [
      'test/mutants/operators/x.ts',
      ['../../../model/index.ts', '../../../properties/index.ts', '../mutant.ts', 'xstate'],
      ['vitest', '../../../model/edit.ts', '../../../impl/index.ts', '../../faults/index.ts', 'node:fs', 'fast-check'],
    ],
  ],
  'test/hsm': [
    [
      'test/hsm/x.test.ts',
      ['../../impl/hsm/rom.ts', 'vitest', '@noble/curves/nist.js', 'fast-check', 'ts-pattern'],
      ['xstate', '../../model/view.ts'],
    ],
  ],
  'test/bench': [
    [
      'test/bench/main.ts',
      ['xstate/graph', '@noble/ciphers/aes.js', '../../model/index.ts'],
      ['../../impl/hsm/index.ts', 'fast-check'],
    ],
  ],
  'engine tests': [
    [
      'test/model/x.test.ts',
      ['xstate', 'xstate/graph', '../../model/network/index.ts'],
      ['../../impl/hsm/index.ts', '../../model/view.ts', 'fast-check'],
    ],
  ],
  'engine tests of the suite': [
    [
      'test/suite/x.test.ts',
      ['../conformance/shrink.ts', '../example/x.ts', 'fast-check', '@noble/ciphers/aes.js', '../faults/index.ts'],
      ['../../impl/hsm/index.ts', '../../model/view.ts', '../faults/x.ts', 'xstate'],
    ],
  ],
  'tests of the channel': [
    [
      'test/channel/x.ts',
      ['fast-check', '../../impl/tls/index.ts'],
      ['../../impl/hsm/index.ts', '../hsm/x.ts', 'xstate'],
    ],
  ],
  'example of a target': [
    [
      'test/example/x.ts',
      ['../conformance/index.ts'],
      ['../conformance/port.ts', '../../model/index.ts', '../../impl/index.ts', 'vitest'],
    ],
  ],
  'other tests': [
    [
      'test/cli/x.test.ts',
      ['vitest', 'node:fs', './beside.ts', '../../cli/spec/index.ts', '../conformance/index.ts', '../faults/index.ts'],
      [
        'xstate',
        '../../impl/hsm/index.ts',
        '../../impl/service/x.ts',
        '../../cli/main.ts',
        'commander',
        '../hsm/fleet.ts',
      ],
    ],
    [
      'test/conformance/x.test.ts',
      ['vitest', './index.ts', '../faults/index.ts'],
      ['xstate', '../../impl/hsm/seams.ts'],
    ],
  ],
  cli: [
    [
      'cli/commands/x.ts',
      ['commander', 'node:fs', '../main.ts', '../../model/index.ts', '../../test/faults/index.ts', 'state-machine-cat'],
      ['../../model/view.ts', 'xstate', 'vitest', '../../impl/hsm/index.ts', '@noble/hashes/sha2.js'],
    ],
  ],
}

describe('the import table', () => {
  it('is held by every file of the repository', () => {
    const files = readFiles()
    expect(files.length).toBeGreaterThan(90)
    expect(files.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(300)
    expect(importBreaches(files)).toEqual([])
  })
  it('has a planted breach for each of its lines', () => {
    expect(Object.keys(PLANTED).toSorted()).toEqual(ROOMS.map(({ name }) => name).toSorted())
  })
  it('allows no file outside its rooms', () => {
    expect(importBreaches([{ path: 'tools/x.ts', text: '' }])).toEqual(['tools/x.ts stands in no room'])
  })
  it.each(['service', 'client'])('allows cryptography in one file of impl/%s only', folder => {
    const sealing = (name: string) => ({ path: `impl/${folder}/${name}.ts`, text: imports('@noble/ciphers/aes.js') })
    expect(importBreaches([sealing('a')])).toEqual([])
    expect(importBreaches([sealing('a'), sealing('b')])).toEqual([expect.stringContaining('only one file')])
  })
})

describe.each(Object.entries(PLANTED))('the line of %s', (name, files) => {
  it.each(files)('allows what it says in %s, and catches each breach', (path, allowed, forbidden) => {
    expect(importBreaches([{ path, text: imports(...allowed) }])).toEqual([])
    expect(forbidden.length).toBeGreaterThan(0)
    for (const breach of forbidden)
      expect(importBreaches([{ path, text: imports(breach) }])).toEqual([
        expect.stringMatching(new RegExp(`^${path}:1 is of ${name} and imports `)),
      ])
  })
})

describe('reading imports', () => {
  it.each<[string, string, readonly string[]]>([
    ['a type', `import type { T } from './t.ts'`, ['./t.ts']],
    ['a bare import', `import './x.ts'`, ['./x.ts']],
    ['a namespace, over lines', `import * as all\n  from\n  "./x.ts"`, ['./x.ts']],
    ['a re-export', `export { a, type B } from './x.ts'`, ['./x.ts']],
    ['a re-export of everything', `export * from './x.ts'`, ['./x.ts']],
    ['a dynamic import', `const x = await import('./x.ts')`, ['./x.ts']],
    ['a dynamic import that is computed', 'await import(`./${name}.ts`), await import(path)', ['*', '*']],
    ['a type import within a type', `type T = import('./x.ts').T`, ['./x.ts']],
    ['a require', `createRequire(import.meta.url)('./no.ts'); require('./x.ts')`, ['./x.ts']],
    ['a worker', `new Worker(new URL('./x.ts', import.meta.url))`, ['./x.ts']],
    ['no comment', `// import './x.ts'\n/* import './y.ts' */`, []],
    ['no string', `const s = "import './x.ts'"; const t = \`from './y.ts'\``, []],
    ['what follows a template with braces', 'const t = `${{ a: `}` }.a}`; import "./x.ts"', ['./x.ts']],
    ['what follows a regular expression', `const r = /['"\`/]/; import './x.ts'`, ['./x.ts']],
    ['what follows a division', `const q = a / b; import './x.ts'; const r = c / d`, ['./x.ts']],
    ['no call that is named like one', `Array.from('./x.ts'); url.from(  './y.ts')`, []],
  ])('finds %s', (_, text, expected) => {
    expect(importsOf(text).map(({ from }) => from)).toEqual(expected)
  })
  it('says in which line', () => {
    expect(importsOf(`/* a\n b */\nconst t = \`\n\`\nimport 'x'`)).toEqual([{ from: 'x', line: 5 }])
  })
})
