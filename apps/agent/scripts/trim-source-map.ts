import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/**
 * Keeps every place of our own code in a source map (version 3, as text), and of each stretch of a dependency only
 * where it begins: the agent reads the map while an error is being logged, and most of it is about dependencies. A
 * stack trace names the file of a dependency and the line at which the stretch begins. Sources get the names that
 * `rename` gives them.
 */
export function trimSourceMap(text: string, rename: (source: string) => string): string {
  const map: SourceMap = JSON.parse(text);
  let last: number | undefined;
  const isKept = ([, source]: SourceMapSegment) => {
    const isRepeated = source === last && map.sources[source ?? -1]?.includes('/node_modules/') === true;
    last = source;
    return !isRepeated;
  };
  const mappings = encode(decode(map.mappings).map((line) => line.filter(isKept)));
  return JSON.stringify({ ...map, sources: map.sources.map(rename), mappings });
}
