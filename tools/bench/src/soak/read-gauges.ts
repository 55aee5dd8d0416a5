/** What a soak watches, by the name that the tables give it. */
export const gauges = {
  rssMiB: { metric: 'process_resident_memory_bytes', divisor: 2 ** 20, text: 'resident memory, MiB' },
  heapMiB: { metric: 'nodejs_heap_size_used_bytes', divisor: 2 ** 20, text: 'heap in use, MiB' },
  externalMiB: { metric: 'nodejs_external_memory_bytes', divisor: 2 ** 20, text: 'memory outside the heap, MiB' },
  resources: { metric: 'nodejs_active_resources_total', divisor: 1, text: 'handles and requests of Node' },
  descriptors: { metric: 'process_open_fds', divisor: 1, text: 'file descriptors' },
  connections: { metric: 'task_api_database_pool_connections', divisor: 1, text: 'connections to PostgreSQL' },
  streams: { metric: 'task_api_open_streams', divisor: 1, text: 'open streams' },
} as const;

export type GaugeName = keyof typeof gauges;
export type GaugeValues = Readonly<Record<GaugeName, number>>;

/** Names of all gauges, in the order of their list. */
export function gaugeNames(): readonly GaugeName[] {
  // The keys of an object literal are those of its type.
  return Object.keys(gauges) as GaugeName[];
}

/** Reads them from the text of `/metrics`; series of one metric are added up. */
export function readGauges(text: string): GaugeValues {
  const values = gaugeNames().map((name) => {
    const { metric, divisor } = gauges[name];
    return [name, totalOf(text, metric) / divisor] as const;
  });
  // Every name of the list is there.
  return Object.fromEntries(values) as GaugeValues;
}

function totalOf(text: string, metric: string): number {
  const series = text.matchAll(new RegExp(`^${metric}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'));
  return [...series].reduce((total, [, value]) => total + Number(value), 0);
}
