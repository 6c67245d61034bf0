/** The files of the corpus: what stands in them, in hex, and how they are read. */
import { readFileSync, readdirSync } from 'node:fs'
import { hexToBytes } from '@noble/hashes/utils.js'
import type { RestoreCode } from '../../../impl/hsm/outcome.ts'
import type { Line, Mode } from '../../../impl/hsm/index.ts'
import type { Kind } from './contents.ts'

/** The pinned root keys, made for this and for nothing else. */
export interface Keys {
  readonly mkbk: Readonly<Record<Line, string>>
  readonly akbk: string
}

/** A backup that opens, and all that it was made of. */
export interface Opens {
  readonly mode: Mode
  readonly line: Line
  readonly contents: Kind
  readonly snapshot: string
  readonly bek: string
  readonly nonce: string
  /** SHA-256 of the encoded contents. */
  readonly digest: string
  readonly backup: string
}

/** Bytes that are refused by a unit, with the code. The unit holds the pinned keys, or lacks one of them. */
export interface Refused {
  readonly what: string
  readonly mode: Mode
  readonly line: Line
  readonly lacks: 'MKBK' | 'AKBK' | null
  readonly code: RestoreCode
  readonly backup: string
}

export interface Corpus {
  readonly keys: Keys
  readonly opens: Readonly<Record<string, Opens>>
  readonly refused: readonly Refused[]
}

export const FOLDER = new URL('.', import.meta.url)

/** Versions that were frozen, from the folders' names. */
export const VERSIONS: readonly number[] = readdirSync(FOLDER)
  .filter(name => /^v\d+$/.test(name))
  .map(name => Number(name.slice(1)))

const read = (version: number, name: string): string => readFileSync(new URL(`v${version}/${name}`, FOLDER), 'utf8')

/** The files of a version by name, as text. */
export const filesOf = (version: number): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(new URL(`v${version}/`, FOLDER))
      .toSorted()
      .map(name => [name, read(version, name)]),
  )

export const corpusOf = (version: number): Corpus => {
  const files = [...filesOf(version)].map(([name, text]) => [name, JSON.parse(text)] as const)
  const named = (name: string) => files.find(([found]) => found === name)?.[1]
  const others = files.filter(([name]) => name !== 'keys.json' && name !== 'refused.json')
  return {
    keys: named('keys.json'),
    refused: named('refused.json'),
    opens: Object.fromEntries(others.map(([name, file]) => [name.replace('.json', ''), file])),
  }
}

/** How a version is written. */
export const filesFrom = ({ keys, opens, refused }: Corpus): ReadonlyMap<string, string> => {
  const named = [['keys', keys], ['refused', refused], ...Object.entries(opens)] as const
  const texts = named.map(([name, file]) => [`${name}.json`, `${JSON.stringify(file, null, 2)}\n`] as const)
  return new Map(texts.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

export const bytes = hexToBytes
