import { describe, expect, it } from '@jest/globals';
import { readGauges } from './read-gauges.ts';

const text = `# TYPE nodejs_heap_size_used_bytes gauge
nodejs_heap_size_used_bytes 10485760
task_api_database_pool_connections{state="idle"} 3
task_api_database_pool_connections{state="used"} 2
task_api_database_pool_connections_other 100
`;

describe('gauges', () => {
  it('are read from the text of the metrics, series of one metric added up', () => {
    expect(readGauges(text)).toMatchObject({ heapMiB: 10, connections: 5 });
  });

  it('that are not there are none', () => {
    expect(readGauges(text).streams).toBe(0);
  });
});
