/** Who refers to a clause: the model and the properties as data, impl in comments, the tests in strings, faults by their key. */
import { REFERENCE, isExample, type Role } from './clauses.ts'
import type { SourceFile } from './files.ts'
import { tokensOf, type Token } from './tokens.ts'

export interface Link {
  readonly clause: string
  readonly role: Role
  /** What refers to it: `file:line`, or the name of an entry, a property, a fault. */
  readonly where: string
}

/** What there is to find links in. */
export interface Linked {
  /** From clause to the names of the entries, rules and fields that model it. */
  readonly model: ReadonlyMap<string, readonly string[]>
  readonly properties: readonly { readonly id: string; readonly says: string }[]
  readonly faults: readonly { readonly clause: string; readonly what: string }[]
  readonly files: readonly SourceFile[]
}

/** Tests of the house and of the commands speak of links; they would not notice that a clause is broken. */
const ABOUT_LINKS = ['test/house/', 'test/cli/']

/** Where the files of a folder name clauses, in tokens of these kinds. */
export const mentions = (
  files: readonly SourceFile[],
  folder: string,
  kinds: readonly Token['kind'][],
): readonly { readonly clause: string; readonly where: string }[] =>
  files
    .filter(({ path, text }) => path.startsWith(`${folder}/`) && text.includes('§'))
    .flatMap(({ path, text }) =>
      tokensOf(text)
        .filter(({ kind }) => kinds.includes(kind))
        .flatMap(({ text: written, line }) =>
          [...written.matchAll(REFERENCE)].map(({ 0: clause, index }) => ({
            clause,
            where: `${path}:${line + written.slice(0, index).split('\n').length - 1}`,
          })),
        ),
    )
    .filter(({ clause }) => !clause.endsWith('.*') && !isExample(clause))

const STRINGS = ['string', 'template'] as const

/** Every link there is, dangling ones included. */
export const linksOf = ({ model, properties, faults, files }: Linked): readonly Link[] => {
  const tests = files.filter(({ path }) => !ABOUT_LINKS.some(folder => path.startsWith(folder)))
  return [
    ...[...model].flatMap(([clause, names]) => names.map(where => ({ clause, role: 'model', where }) as const)),
    ...properties.map(({ id, says }) => ({ clause: id, role: 'properties', where: says }) as const),
    ...mentions(files, 'impl', ['comment']).map(found => ({ ...found, role: 'impl' }) as const),
    ...mentions(tests, 'test', STRINGS).map(found => ({ ...found, role: 'test' }) as const),
    ...faults.map(({ clause, what }) => ({ clause, role: 'fault', where: what }) as const),
  ]
}

/** Lines in which a clause is named by the rooms whose links are data. */
export const placesOf = (files: readonly SourceFile[], clause: string, role: Role): readonly string[] => {
  const folder = ({ model: 'model', properties: 'properties', fault: 'test/faults' } as const)[role as 'model']
  return folder === undefined
    ? []
    : mentions(files, folder, STRINGS)
        .filter(found => found.clause === clause)
        .map(({ where }) => where)
}
