import { SourceMap } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { mapFrame } from './map-stack-traces.ts';

const bundle = 'file:///app/bin/serve.mjs';
/** Column 4 of line 2 of the bundle is line 7, column 2 of the source. */
const map = new SourceMap({
  version: 3,
  file: 'serve.mjs',
  sources: ['apps/agent/src/runs/run-worker.ts'],
  sourcesContent: [],
  names: [],
  mappings: ';IAME',
  sourceRoot: '',
});
const mapOf = (url: string) => (url === bundle ? map : undefined);

describe('mapFrame', () => {
  it.each([
    [`RunWorker.#lease (${bundle}:2:5)`, 'RunWorker.#lease (apps/agent/src/runs/run-worker.ts:7:3)'],
    [`async ${bundle}:2:5`, 'async apps/agent/src/runs/run-worker.ts:7:3'],
  ])('names the place in the source for %s', (frame, mapped) => {
    expect(mapFrame(frame, mapOf)).toBe(mapped);
  });

  it.each([
    'node:internal/process/task_queues:103:5',
    'new Promise (<anonymous>)',
    'lease (file:///app/bin/other.mjs:2:5)',
    `banner (${bundle}:1:1)`,
  ])('leaves %s, of which no map tells, as it is', (frame) => {
    expect(mapFrame(frame, mapOf)).toBe(frame);
  });
});
