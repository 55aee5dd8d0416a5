import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/**
 * Has stack traces name the places of our sources. A map is read when the first trace is written that needs it: Node's
 * own `--enable-source-maps` reads them all at the start, of whose processor time that took a quarter.
 */
export function mapStackTraces(): void {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string) => {
    if (!maps.has(url)) maps.set(url, readMap(url));
    return maps.get(url);
  };
  Error.prepareStackTrace = (error, frames) =>
    [String(error), ...frames.map((frame) => `    at ${mapFrame(String(frame), mapOf)}`)].join('\n');
}

/** A frame, or what it says of its place: `lease (file:///app/bin/serve.mjs:3:7)`. */
export function mapFrame(frame: string, mapOf: (url: string) => SourceMap | undefined): string {
  return frame.replace(/(file:\/\/[^()\s]+?):(\d+):(\d+)/, (place, url: string, line: string, column: string) => {
    const origin = mapOf(url)?.findOrigin(Number(line), Number(column));
    return origin !== undefined && 'fileName' in origin
      ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
      : place;
  });
}

/** Only a bundle has a map beside it; without a map, or with a broken one, a trace shows where it was in the program. */
function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${url}.map`), 'utf8')));
  } catch {
    return undefined;
  }
}
