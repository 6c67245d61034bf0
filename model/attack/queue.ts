/** A queue from which the cheapest comes first; of two that cost the same, the one that was put in first. */

export interface Queue<T> {
  readonly push: (item: T, cost: number) => void
  /** Undefined once it is empty. */
  readonly pop: () => T | undefined
}

export const queue = <T>(): Queue<T> => {
  const heap: { readonly item: T; readonly cost: number; readonly order: number }[] = []
  let pushed = 0
  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [heap[a], heap[b]]
    if (one === undefined || other === undefined) return one !== undefined
    return one.cost === other.cost ? one.order < other.order : one.cost < other.cost
  }
  const swap = (a: number, b: number): void => {
    const held = heap[a]
    heap[a] = heap[b] as (typeof heap)[number]
    heap[b] = held as (typeof heap)[number]
  }
  return {
    push: (item, cost) => {
      heap.push({ item, cost, order: pushed++ })
      let at = heap.length - 1
      while (at > 0 && isBefore(at, (at - 1) >> 1)) {
        swap(at, (at - 1) >> 1)
        at = (at - 1) >> 1
      }
    },
    pop: () => {
      const [first] = heap
      const last = heap.pop()
      if (first === undefined || last === undefined || heap.length === 0) return first?.item
      heap[0] = last
      let at = 0
      for (;;) {
        const least = [at, 2 * at + 1, 2 * at + 2].reduce((low, child) => (isBefore(child, low) ? child : low))
        if (least === at) return first.item
        swap(at, least)
        at = least
      }
    },
  }
}
