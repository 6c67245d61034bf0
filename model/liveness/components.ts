/** Strongly connected components of a graph whose nodes and arcs are numbers, found again and again in ever smaller parts. */

export interface Arcs {
  /** Nodes are numbered from 0. */
  readonly nodes: number
  /** The arcs of a node are numbered from `first` up to, and without, `last`. */
  readonly first: (node: number) => number
  readonly last: (node: number) => number
  /** The node to which the arc leads from this node; -1: to none. */
  readonly target: (node: number, arc: number) => number
}

export interface Components {
  /** For each node the number of its component in the last split that it took part in. */
  readonly of: Int32Array
  /** The components with a cycle of the graph restricted to these nodes. Takes time in them and their arcs only. */
  readonly split: (nodes: ArrayLike<number>) => readonly (readonly number[])[]
}

const hasLoop = ({ first, last, target }: Arcs, node: number): boolean => {
  for (let arc = first(node); arc < last(node); arc += 1) if (target(node, arc) === node) return true
  return false
}

/**
 * Finds components by Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1972, with a stack of its
 * own in place of recursion. A node is on Tarjan's stack while it has the number of the whole part that is being split.
 */
export const componentsOf = (graph: Arcs): Components => {
  const { nodes: size, first, last, target } = graph
  const [of, order, low] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
  /** The path from the root, the next arc of each node on it, and the nodes whose component is not known yet. */
  const [path, arcs, waiting]: [number[], number[], number[]] = [[], [], []]
  let [numbers, visited] = [0, 0]
  const enter = (node: number): void => {
    visited += 1
    order[node] = low[node] = visited
    path.push(node)
    arcs.push(first(node))
    waiting.push(node)
  }
  const lower = (node: number, value: number): void => {
    if (value < (low[node] ?? 0)) low[node] = value
  }
  const close = (node: number, found: (readonly number[])[]): void => {
    numbers += 1
    const component = waiting.splice(waiting.lastIndexOf(node))
    for (const member of component) of[member] = numbers
    if (component.length > 1 || hasLoop(graph, node)) found.push(component)
  }
  const leave = (node: number, found: (readonly number[])[]): void => {
    path.pop()
    arcs.pop()
    const parent = path.at(-1)
    if (parent !== undefined) lower(parent, low[node] ?? 0)
    if (low[node] === order[node]) close(node, found)
  }
  const advance = (part: number, found: (readonly number[])[]): void => {
    const node = path.at(-1) ?? 0
    const arc = arcs.at(-1) ?? 0
    if (arc === last(node)) return leave(node, found)
    arcs[arcs.length - 1] = arc + 1
    const next = target(node, arc)
    if (next === -1 || of[next] !== part) return
    if (order[next] === 0) enter(next)
    else lower(node, order[next] ?? 0)
  }
  const split = (part: ArrayLike<number>): readonly (readonly number[])[] => {
    numbers += 1
    visited = 0
    const [number, found]: [number, (readonly number[])[]] = [numbers, []]
    for (let at = 0; at < part.length; at += 1) {
      of[part[at] ?? 0] = number
      order[part[at] ?? 0] = 0
    }
    for (let at = 0; at < part.length; at += 1) {
      if (order[part[at] ?? 0] === 0) enter(part[at] ?? 0)
      while (path.length > 0) advance(number, found)
    }
    return found
  }
  return { of, split }
}
