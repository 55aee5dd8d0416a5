import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/**
 * Keeps every place of our own code in a source map (version 3, as text), and of each stretch of a dependency only
 * where it begins: Node reads the map at every start, and most of it is about dependencies. A stack trace names the
 * file of a dependency and the line at which the stretch begins.
 */
export function trimSourceMap(text: string): string {
  const map: SourceMap = JSON.parse(text);
  let last: number | undefined;
  const isKept = ([, source]: SourceMapSegment) => {
    const isRepeated = source === last && map.sources[source ?? -1]?.includes('/node_modules/') === true;
    last = source;
    return !isRepeated;
  };
  const mappings = encode(decode(map.mappings).map((line) => line.filter(isKept)));
  return JSON.stringify({ ...map, mappings });
}
