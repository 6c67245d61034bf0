/** Copies of plain data, from its canonical text: equal by value, and as unlike as equal values can be. */

/** Keys sorted, no two parts in common. */
export const separate = <Value>(text: string): Value => JSON.parse(text) as Value

const share = (part: unknown, known: Map<string, unknown>): unknown => {
  if (part === null || typeof part !== 'object') return part
  const copy = Array.isArray(part)
    ? part.map(inner => share(inner, known))
    : Object.fromEntries(
        Object.entries(part)
          .toReversed()
          .map(([name, inner]) => [name, share(inner, known)]),
      )
  const key = JSON.stringify(copy)
  if (!known.has(key)) known.set(key, copy)
  return known.get(key)
}

/** Keys in the opposite order, equal parts in common: a step that looks at either goes otherwise than with the other copy. */
export const shared = <Value>(text: string): Value => share(JSON.parse(text), new Map()) as Value

/** Frozen through and through. */
export const fixed = <Value>(text: string): Value =>
  JSON.parse(text, (_, part: unknown) => Object.freeze(part)) as Value
