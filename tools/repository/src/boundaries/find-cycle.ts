export type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** A path through the graph that ends where it began; undefined when there is none. */
export function findCycle(edges: Edges): readonly string[] | undefined {
  const finished = new Set<string>();
  for (const node of edges.keys()) {
    const cycle = follow(node, [], { edges, finished });
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

interface Search {
  readonly edges: Edges;
  /** Nodes from which no cycle can be reached. */
  readonly finished: Set<string>;
}

function follow(node: string, path: readonly string[], search: Search): readonly string[] | undefined {
  if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
  if (search.finished.has(node)) return undefined;
  for (const next of search.edges.get(node) ?? []) {
    const cycle = follow(next, [...path, node], search);
    if (cycle !== undefined) return cycle;
  }
  search.finished.add(node);
  return undefined;
}
