/** A part of a document that is generated, between two comments that name it. */

const begin = (name: string): string => `<!-- ${name}: generated, do not edit -->`
const end = (name: string): string => `<!-- ${name}: end -->`

/** Where the part stands, as offsets of its text; throws where the document has no such part. */
const placeOf = (document: string, name: string): readonly [number, number] => {
  const [from, to] = [document.indexOf(begin(name)), document.indexOf(end(name))]
  if (from === -1 || to < from) throw new Error(`expected the generated part ${name}, got a document without it`)
  return [from + begin(name).length, to]
}

/** The lines of the part. */
export const blockIn = (document: string, name: string): readonly string[] =>
  document
    .slice(...placeOf(document, name))
    .trim()
    .split('\n')

/** The document with other lines in the part. */
export const withBlock = (document: string, name: string, lines: readonly string[]): string => {
  const [from, to] = placeOf(document, name)
  return `${document.slice(0, from)}\n\n${lines.join('\n')}\n\n${document.slice(to)}`
}
