import { describe, expect, it } from '@jest/globals';
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { trimSourceMap } from './trim-source-map.ts';

const own = 0;
const dependency = 1;
const sources = ['../../src/main.ts', '../../../../node_modules/pg/lib/index.js'];

type Lines = Parameters<typeof encode>[0];

function trimmed(lines: Lines) {
  const text = JSON.stringify({ version: 3, sources, names: [], mappings: encode(lines) });
  return JSON.parse(trimSourceMap(text, (source) => source.replaceAll('../', '')));
}

function trim(lines: Lines): unknown {
  return decode(trimmed(lines).mappings);
}

describe('trimSourceMap', () => {
  it('keeps each place of our own code', () => {
    const lines = [
      [
        [0, own, 1, 0],
        [8, own, 1, 4],
      ],
      [[0, own, 2, 0]],
    ] as const;
    expect(trim(lines.map((line) => line.map((segment) => [...segment])))).toEqual(lines);
  });

  it('renames the sources', () => {
    expect(trimmed([])).toMatchObject({ version: 3, sources: ['src/main.ts', 'node_modules/pg/lib/index.js'] });
  });

  it('keeps of a dependency where each stretch of it begins', () => {
    const lines: Lines = [
      [[0, own, 1, 0]],
      [
        [0, dependency, 7, 0],
        [4, dependency, 7, 9],
      ],
      [[0, dependency, 8, 0]],
      [
        [0, own, 2, 0],
        [9, dependency, 9, 0],
      ],
    ];
    expect(trim(lines)).toEqual([
      [[0, own, 1, 0]],
      [[0, dependency, 7, 0]],
      [],
      [
        [0, own, 2, 0],
        [9, dependency, 9, 0],
      ],
    ]);
  });
});
