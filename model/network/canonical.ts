/** Canonical JSON: one text for one value, keys sorted; what JSON cannot represent is refused rather than lost. */
import { foreign } from './plain.ts'

const text = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`
  const fields = value as Readonly<Record<string, unknown>>
  const names = Object.keys(fields).toSorted()
  return `{${names.map(name => `${JSON.stringify(name)}:${text(fields[name])}`).join(',')}}`
}

/** The canonical text of plain data. Throws on anything else, with its path: functions, undefined, Maps, -0, cycles and the like. */
export const canonical = (value: unknown): string => {
  const found = foreign(value, 'value')
  if (found !== null) throw new Error(`expected plain data, got ${found.what} at ${found.path}: ${found.instead}`)
  return text(value)
}
