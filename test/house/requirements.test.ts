/** Requirements: each has a clause that is linked in every role, or says in which there is none yet. */
import { describe, expect, it } from 'vitest'
import { linksOf, matrixOf, parseSpec, type Role } from '../../cli/spec/index.ts'

describe('a requirement', () => {
  const clauses = '**§x.a** It.\n\n**§x.b** It. [waived fault: f]\n'
  const links = linksOf({
    model: new Map([
      ['§x.a', ['m']],
      ['§x.b', ['m']],
    ]),
    properties: [{ id: '§x.b', says: 'p' }],
    faults: [],
    files: [{ path: 'impl/x.ts', text: '// §x.a' }],
  })
  const row = (pointed: string) => {
    const { requirements, findings } = matrixOf(parseSpec(`${clauses}\n| R1 | words | ${pointed} |\n`), links)
    return { cells: requirements[0]?.cells, findings: findings.filter(finding => finding.startsWith('R1 ')) }
  }
  const missing = (role: Role) => `R1 has no clause that is linked in role ${role}`

  it('is linked in a role where one of its clauses is; a waiver of the clause is none of the requirement', () => {
    expect(row('§x.b')).toEqual({
      cells: { model: 'linked', properties: 'linked', impl: 'missing', test: 'missing', fault: 'missing' },
      findings: (['impl', 'test', 'fault'] as const).map(missing),
    })
    expect(row('§x.*').findings).toEqual((['test', 'fault'] as const).map(missing))
  })
  it('may waive a role in its row, until a clause of it is linked there', () => {
    expect(row('§x.* [waived test: later] [waived fault: later]').findings).toEqual([])
    expect(row('§x.* [waived test: later] [waived fault: later] [waived impl: later]').findings).toEqual([
      'R1 waives impl, in which one of its clauses is linked',
    ])
    expect(parseSpec('| R1 | words | §x.a [waived test] |').findings).toContain(
      'SPEC.md:1 R1 waives test without a reason',
    )
  })
  it('needs no clause where it is context', () => {
    expect(matrixOf(parseSpec('| R38 | words | context |'), []).requirements).toEqual([])
  })
})
