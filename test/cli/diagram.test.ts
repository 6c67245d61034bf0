/** The pictures in docs/ are those of the model, leave nothing out, and can be read. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { diagram, staleFiles, writeFiles, type Files } from '../../cli/index.ts'
import { MACHINES, passages, svgOf, things } from '../../cli/render/index.ts'
import { cloudHsm, dropEntries, transitionsOf, type KindName } from '../../model/index.ts'
import { leftOut, overlaps, refusalsLeftOut, unknownClauses } from './pictures.ts'

const ROOT = process.cwd()
const FORMS = { mermaid: 'mmd', dot: 'dot', svg: 'svg' } as const
const model = cloudHsm()
let files: Files = new Map()
let spec = ''
beforeAll(async () => {
  files = await diagram()
  spec = await readFile(join(ROOT, 'SPEC.md'), 'utf8')
})

const textOf = (path: string): string => files.get(`docs/${path}`) ?? ''
const entriesOf = (machine: KindName) => transitionsOf(model).filter(entry => entry.machine === machine)

describe('docs/', () => {
  it('is what `npm run docs` makes of the model', async () => {
    expect(await staleFiles(ROOT, files)).toEqual([])
  })

  it('is reported, and repaired, where a file is missing, stale or superfluous', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'docs-'))
    await cp(join(ROOT, 'docs'), join(copy, 'docs'), { recursive: true })
    await rm(join(copy, 'docs/hsm.dot'))
    await writeFile(join(copy, 'docs/backup.svg'), textOf('backup.svg').replace('READY', 'STEADY'))
    await writeFile(join(copy, 'docs/tower.svg'), '<svg/>')
    const planted = [
      { path: 'docs/hsm.dot', why: 'missing' },
      { path: 'docs/backup.svg', why: 'stale' },
      { path: 'docs/tower.svg', why: 'superfluous' },
    ]
    expect(await staleFiles(copy, files)).toEqual(planted)
    expect(await writeFiles(copy, files)).toEqual(planted)
    expect(await staleFiles(copy, files)).toEqual([])
    await rm(copy, { recursive: true })
  })

  it('is stale when a machine loses a transition, and the same when nothing changes', async () => {
    const edited = cloudHsm({ edits: [dropEntries('backup', '§backup.undelete')] })
    const stale = await staleFiles(ROOT, await diagram({ model: edited }))
    expect(stale.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['docs/backup.mmd', 'docs/backup.dot', 'docs/backup.svg', 'docs/README.md']),
    )
    expect(await diagram()).toEqual(files)
  })

  it('is selected by picture and by form', async () => {
    expect([...(await diagram({ machine: 'hsm', format: 'dot' })).keys()]).toEqual(['docs/hsm.dot'])
    expect([...(await diagram({ machine: 'overview' })).keys()]).toEqual(['docs/overview.mmd', 'docs/overview.svg'])
  })

  it('names clauses of SPEC.md and no others', () => {
    for (const text of files.values()) expect(unknownClauses(text, spec)).toEqual([])
    expect(unknownClauses('§backup.seal and §backup.whale', spec)).toEqual(['§backup.whale'])
  })
})

describe.each(MACHINES)('the pictures of %s', machine => {
  it('show every accepted and failed transition with guard or code and clause', () => {
    for (const [form, ending] of Object.entries(FORMS) as [keyof typeof FORMS, string][])
      expect(leftOut(form, textOf(`${machine}.${ending}`), entriesOf(machine))).toEqual([])
  })

  it('are found out when a clause is wrong', () => {
    const [entry] = entriesOf(machine).filter(({ refuse }) => refuse === undefined)
    for (const [form, ending] of Object.entries(FORMS) as [keyof typeof FORMS, string][]) {
      const damaged = textOf(`${machine}.${ending}`).replaceAll(entry?.clause ?? '', '§none')
      expect(leftOut(form, damaged, entriesOf(machine))).toContain(entry?.id)
    }
  })

  it('stand beside a table of every refusal', () => {
    const page = textOf('README.md')
    expect(refusalsLeftOut(page, entriesOf(machine))).toEqual([])
    const [entry] = entriesOf(machine).filter(({ refuse }) => refuse !== undefined)
    const without = page.split('\n').filter(line => !line.includes(entry?.clause ?? ''))
    expect(refusalsLeftOut(without.join('\n'), entriesOf(machine))).toContain(entry?.id)
  })

  it('are Mermaid in which every line is a state, a description, a transition or a note', () => {
    const label = '[^:;"<>#]*(?:(?:<br/>|#\\d+;)[^:;"<>#]*)*'
    const line = new RegExp(
      `^(stateDiagram-v2|  direction TB|  state "\\w+" as \\w+|  \\w+( --> \\w+)? : ${label}|  note right of \\w+|    ${label}|  end note)$`,
    )
    const lines = textOf(`${machine}.mmd`).trimEnd().split('\n')
    expect(lines.filter(text => !line.test(text))).toEqual([])
    expect(line.test('  READY --> DELETED : BackupPurged; gone: for ever')).toBe(false)
  })
})

describe('the pictures', () => {
  it('have no texts that overlap', () => {
    for (const [path, text] of files) if (path.endsWith('.svg')) expect([path, ...overlaps(text)]).toEqual([path])
    const planted = '<text x="0" y="10" font-size="10">over</text><text x="9" y="12" font-size="10">under</text>'
    expect(overlaps(planted)).toEqual(['over / under'])
  })

  it('are DOT that Graphviz lays out, and refuses when it is damaged', async () => {
    await expect(svgOf(textOf('hsm.dot'))).resolves.toContain('</svg>')
    await expect(svgOf(textOf('hsm.dot').replace('-> "ACTIVE"', '-> -> "ACTIVE"'))).rejects.toThrow()
  })

  it('let every arrow of the overview start and end at the border of what it joins, and name a clause', () => {
    const onBorder = (id: string, point = '') => {
      const [x = 0, y = 0, width = 0, height = 0] = things.find(thing => thing.id === id)?.at ?? []
      const [px = -1, py = -1] = point.split(',').map(Number)
      const isLevel = (px === x || px === x + width) && py >= y && py <= y + height
      return isLevel || ((py === y || py === y + height) && px >= x && px <= x + width)
    }
    const loose = passages.filter(({ from, to, path }) => {
      const corners = path.split(' ')
      return !onBorder(from, corners[0]) || !onBorder(to, corners.at(-1))
    })
    expect(loose).toEqual([])
    expect(onBorder('bek', '0,0')).toBe(false)
    expect(passages.filter(({ label }) => !label.join(' ').includes('§'))).toEqual([])
  })

  it('let nothing secret cross the boundary of an HSM', () => {
    const placeOf = (id: string) => things.find(thing => thing.id === id)
    const crossing = passages.filter(({ from, to }) => placeOf(from)?.place !== placeOf(to)?.place)
    const outside = crossing.flatMap(({ from, to }) => [from, to]).map(placeOf)
    expect(outside.filter(thing => thing?.matter === 'secret')).toEqual([])
    expect(
      things.filter(({ matter, place }) => matter === 'secret' && !['creation', 'restore'].includes(place)),
    ).toEqual([])
  })
})
