/** `diagram`: every picture of the model as text, the pages around them, and the folder docs/ that holds them. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { match } from 'ts-pattern'
import { cloudHsm, type CloudHsm } from '../../model/index.ts'
import { dotOf } from '../render/dot.ts'
import { graphOf, MACHINES } from '../render/graph.ts'
import { mermaidOf } from '../render/mermaid.ts'
import { overviewMermaid, overviewSvg } from '../render/overview.ts'
import { pageOf } from '../render/page.ts'
import { svgOf } from '../render/svg.ts'
import { tourOf } from '../render/tour.ts'

/** What there is a picture of. */
export const PICTURES = [...MACHINES, 'overview'] as const
export type Picture = (typeof PICTURES)[number]

export const FORMATS = ['mermaid', 'dot', 'svg'] as const
export type Format = (typeof FORMATS)[number]

export interface DiagramOptions {
  /** Only this picture; all of them and the page by default. */
  readonly machine?: Picture
  /** Only this form; all by default. */
  readonly format?: Format
  /** The model to draw; the one of SPEC.md by default. */
  readonly model?: CloudHsm
}

/** Paths relative to the repository, with the text of each file. */
export type Files = ReadonlyMap<string, string>

const ENDINGS: Readonly<Record<Format, string>> = { mermaid: 'mmd', dot: 'dot', svg: 'svg' }
const FOLDER = 'docs'

/** The overview has no DOT: it is laid out by hand. */
const draw = (model: CloudHsm, picture: Picture, format: Format): Promise<string> | string | null => {
  if (picture === 'overview')
    return match(format)
      .with('mermaid', overviewMermaid)
      .with('svg', overviewSvg)
      .with('dot', () => null)
      .exhaustive()
  const graph = graphOf(model, picture)
  return match(format)
    .with('mermaid', () => mermaidOf(graph))
    .with('dot', () => dotOf(graph))
    .with('svg', () => svgOf(dotOf(graph)))
    .exhaustive()
}

/** All files of docs/, or those that the options select. The same model gives the same bytes. */
export const diagram = async ({ machine, format, model = cloudHsm() }: DiagramOptions = {}): Promise<Files> => {
  const files = new Map<string, string>()
  for (const picture of machine === undefined ? PICTURES : [machine])
    for (const form of format === undefined ? FORMATS : [format]) {
      const text = await draw(model, picture, form)
      if (text !== null) files.set(`${FOLDER}/${picture}.${ENDINGS[form]}`, text)
    }
  if (machine !== undefined || format !== undefined) return files
  files.set(`${FOLDER}/README.md`, pageOf(model))
  files.set(`${FOLDER}/tour.md`, tourOf())
  return files
}

/** A file that is not as it would be generated now. */
export interface Stale {
  readonly path: string
  readonly why: 'missing' | 'stale' | 'superfluous'
}

/** Compares all generated files with those below the root. Pictures that nothing generates are superfluous. */
export const staleFiles = async (root: string, files: Files): Promise<readonly Stale[]> => {
  const compared = [...files].map(async ([path, text]): Promise<readonly Stale[]> => {
    const found = await readFile(join(root, path), 'utf8').catch(() => null)
    if (found === null) return [{ path, why: 'missing' }]
    return found === text ? [] : [{ path, why: 'stale' }]
  })
  const present = await readdir(join(root, FOLDER)).catch(() => [])
  const superfluous = present
    .filter(name => /\.(mmd|dot|svg)$/.test(name) && !files.has(`${FOLDER}/${name}`))
    .map(name => ({ path: `${FOLDER}/${name}`, why: 'superfluous' as const }))
  return [...(await Promise.all(compared)).flat(), ...superfluous]
}

/** Brings docs/ below the root up to date, and answers what it changed. Takes all files, as `diagram()` makes them. */
export const writeFiles = async (root: string, files: Files): Promise<readonly Stale[]> => {
  const stale = await staleFiles(root, files)
  await mkdir(join(root, FOLDER), { recursive: true })
  for (const { path, why } of stale) {
    if (why === 'superfluous') await rm(join(root, path))
    else await writeFile(join(root, path), files.get(path) ?? '')
  }
  return stale
}
