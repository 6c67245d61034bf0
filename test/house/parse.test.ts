/** Reading SPEC.md and finding links: what is accepted, and what is a finding. */
import { describe, expect, it } from 'vitest'
import { linksOf, matrixOf, parseSpec, placesOf, readSpec, type Linked, type Role } from '../../cli/spec/index.ts'

const document = readSpec()
const added = (...lines: readonly string[]): readonly string[] =>
  parseSpec([document, ...lines].join('\n\n')).findings.map(finding => finding.replace(/^SPEC\.md:\d+ /, ''))
const edited = (from: string, to: string): readonly string[] => {
  expect(document).toContain(from)
  return parseSpec(document.replace(from, to)).findings
}

describe('a clause', () => {
  it('is read with its text, section, line and waivers', () => {
    const text = '# A\n\n## B\n\n**§x.y.z** It MUST. [waived model: no bytes] [waived fault: a permission]\n'
    expect(parseSpec(text).clauses).toEqual([
      {
        id: '§x.y.z',
        text: 'It MUST.',
        section: 'B',
        line: 5,
        waivers: [
          { role: 'model', reason: 'no bytes' },
          { role: 'fault', reason: 'a permission' },
        ],
      },
    ])
  })
  it.each<[string, string, string]>([
    ['listed twice', '**§cluster.empty** Again.', 'lists §cluster.empty twice'],
    [
      'with a role that is none',
      '**§x.y** It. [waived docs: so]',
      `§x.y expected a waiver of model, properties, impl, test, fault, got 'docs: so'`,
    ],
    ['waived without a reason', '**§x.y** It. [waived model]', '§x.y waives model without a reason'],
    ['waived with an empty reason', '**§x.y** It. [waived model: ]', '§x.y waives model without a reason'],
    ['waived twice in a role', '**§x.y** It. [waived model: a] [waived model: b]', '§x.y waives a role twice'],
    [
      'with a waiver that does not end',
      '**§x.y** It. [waived model: a',
      '§x.y has a waiver that does not end: [waived model: a',
    ],
    ['without an area', '**§lonely** It.', 'expected a clause, **§area.topic** and its text, got **§lonely** It.'],
    ['without text', '**§cluster.empty**', 'expected a clause, **§area.topic** and its text, got **§cluster.empty**'],
  ])('is a finding when %s', (_, line, finding) => {
    expect(added(line)).toEqual([finding])
  })
  it('is a finding when referred to and not there, wildcards included', () => {
    expect(added('See §cluster.nowhere and §nowhere.*, and §cluster.* and §6.3.')).toEqual([
      'refers to §cluster.nowhere, which is no clause',
      'refers to §nowhere.*, which is no clause',
    ])
  })
})

describe('the table of requirements', () => {
  it.each<[string, string, string, string]>([
    ['lacks a row', '| R17 |', '| R 17 |', 'SPEC.md has no row for R17'],
    ['has a row twice', '| R17 |', '| R16 |', 'has a second row for R16'],
    ['has a row for what is none', '| I5 |', '| I6 |', 'has a row for I6, which is no requirement'],
    ['points at nothing', '| §backup.sealed |', '| a later version |', 'R22 points at no clause'],
    [
      'points at what is no clause',
      '| §backup.sealed |',
      '| §backup.opened |',
      'refers to §backup.opened, which is no clause',
    ],
  ])('is a finding when it %s', (_, from, to, finding) => {
    expect(edited(from, to)).toContainEqual(expect.stringContaining(finding))
  })
})

describe('a link', () => {
  const spec = parseSpec(
    '**§x.a** It.\n\n**§x.b** It. [waived model: m] [waived properties: p] [waived impl: i] [waived test: t] [waived fault: f]',
  )
  const complete: Linked = {
    model: new Map([['§x.a', ['thing/STATE/Event/0']]]),
    properties: [{ id: '§x.a', says: 'it does' }],
    faults: [{ clause: '§x.a', what: 'it does not' }],
    files: [
      { path: 'impl/x.ts', text: '/**\n * Does it. §x.a\n */\nconst x = 1' },
      { path: 'test/x.test.ts', text: `\nit('does it, §x.a', f)` },
    ],
  }
  const judge = (linked: Partial<Linked>) =>
    matrixOf(spec, linksOf({ ...complete, ...linked })).findings.filter(finding => !finding.startsWith('SPEC.md has'))
  const impl = { path: 'impl/x.ts', text: '// §x.a' }

  it('in each role makes a clause complete; so do waivers', () => {
    const { rows, summary } = matrixOf(spec, linksOf(complete))
    expect(judge({})).toEqual([])
    expect(summary).toEqual({ clauses: 2, linked: 1, waived: 1, faults: 1 })
    expect(rows[0]?.links).toEqual({
      model: ['thing/STATE/Event/0'],
      properties: ['it does'],
      impl: ['impl/x.ts:2'],
      test: ['test/x.test.ts:2'],
      fault: ['it does not'],
    })
    expect(Object.values(rows[1]?.cells ?? {})).toEqual(Array.from({ length: 5 }, () => 'waived'))
  })
  it.each<[Role, Partial<Linked>]>([
    ['model', { model: new Map() }],
    ['properties', { properties: [] }],
    ['fault', { faults: [] }],
    ['impl', { files: complete.files.slice(1) }],
    ['test', { files: complete.files.slice(0, 1) }],
  ])('is missed in role %s', (role, linked) => {
    expect(judge(linked)).toEqual([`§x.a has no link in role ${role}`])
  })
  it('of impl is a comment, of a test a string: neither is the other', () => {
    const swapped = [
      { path: 'impl/x.ts', text: `const a = '§x.a'` },
      { path: 'test/x.test.ts', text: '// §x.a' },
    ]
    expect(judge({ files: swapped })).toEqual(['§x.a has no link in role impl', '§x.a has no link in role test'])
  })
  it('in a test of the house or of the commands does not count', () => {
    const files = [
      impl,
      { path: 'test/house/x.test.ts', text: `it('§x.a')` },
      { path: 'test/cli/x.test.ts', text: `it('§x.a')` },
    ]
    expect(judge({ files })).toEqual(['§x.a has no link in role test'])
  })
  it.each<[Role, Partial<Linked>]>([
    ['model', { model: new Map([...complete.model, ['§x.c', ['rule R']]]) }],
    ['properties', { properties: [...complete.properties, { id: '§x.c', says: 'it' }] }],
    ['fault', { faults: [...complete.faults, { clause: '§x.c', what: 'it' }] }],
    ['impl', { files: [...complete.files, { path: 'impl/y.ts', text: '// §x.c' }] }],
    ['test', { files: [...complete.files, { path: 'test/y.ts', text: 'const t = `§x.c`' }] }],
  ])('to no clause is a finding in role %s', (role, linked) => {
    expect(judge(linked)).toEqual([expect.stringContaining(`§x.c is no clause, but is linked in role ${role}`)])
  })
  it('is no section of a standard, and no planted name', () => {
    const text = `// SP 800-133r2 §6.3, RFC 8949 §4.2, §no.such, §contents.*`
    expect(judge({ files: [...complete.files, { path: 'impl/y.ts', text }] })).toEqual([])
  })
  it('is found in its line where a role links by data', () => {
    const files = [{ path: 'model/m.ts', text: `const a = 1\nconst b = '§x.a'` }]
    expect(placesOf(files, '§x.a', 'model')).toEqual(['model/m.ts:2'])
    expect(placesOf(files, '§x.a', 'test')).toEqual([])
  })
})
