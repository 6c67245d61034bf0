/** SPEC.md is well written, every clause is linked in every role, and what is not is caught. */
import { describe, expect, it } from 'vitest'
import { linksOf, matrixOf, parseSpec, readFiles, readSpec, type Linked } from '../../cli/spec/index.ts'
import { clausesOf, cloudHsm } from '../../model/index.ts'
import { properties } from '../../properties/index.ts'
import { faults } from '../faults/index.ts'

const document = readSpec()
const here: Linked = { model: clausesOf(cloudHsm()), properties, faults, files: readFiles() }
const findings = (text: string, linked: Linked = here): readonly string[] =>
  matrixOf(parseSpec(text), linksOf(linked)).findings

describe('this repository', () => {
  it('has a well-written SPEC.md', () => {
    expect(parseSpec(document).findings).toEqual([])
  })
  it('links every clause in all roles or waives it with a reason, and links nothing else', () => {
    expect(findings(document)).toEqual([])
  })
  it('has at least 60 clauses and 30 faults', () => {
    const { summary } = matrixOf(parseSpec(document), linksOf(here))
    expect(summary.clauses).toBeGreaterThanOrEqual(60)
    expect(summary.faults).toBeGreaterThanOrEqual(30)
  })
  it('points from every requirement and invariant at clauses', () => {
    const rows = new Map(parseSpec(document).requirements.map(({ id, clauses }) => [id, clauses]))
    expect(rows.size).toBe(39 + 5)
    const pointless = [...rows].filter(([, clauses]) => clauses.length === 0).map(([id]) => id)
    expect(pointless).toEqual(['R38', 'R39'])
  })
  it('fails with a clause that nothing links', () => {
    const planted = '§cluster.planted'
    const edited = `${document}\n\n**${planted}** A cluster MUST be planted.\n`
    expect(findings(edited).filter(finding => finding.includes(planted))).toEqual(
      ['model', 'properties', 'impl', 'test', 'fault'].map(role => `${planted} has no link in role ${role}`),
    )
  })
  it('fails with links to a clause that is gone, in each role', () => {
    const edited = document.replace('**§cluster.empty**', '**§cluster.emptied**')
    const dangling = findings(edited).filter(finding => finding.startsWith('§cluster.empty is no clause'))
    const roles = new Set(dangling.map(finding => /in role (\w+)/.exec(finding)?.[1]))
    expect([...roles].toSorted()).toEqual(['fault', 'impl', 'model', 'properties', 'test'])
  })
})
