import type { Path } from './json.ts';

/**
 * The line, from 1, on which a template most likely says what lies at a path: its keys are looked up one below the
 * other, and the deepest that the text has is taken. Undefined when the text has none of them.
 */
export function templateLineOf(text: string, path: Path): number | undefined {
  const lines = text.split('\n');
  const keys = path.filter((step) => typeof step === 'string');
  const found = keys.reduce((after, key) => lineWithKey(lines, key, after) ?? after, 0);
  return found === 0 ? undefined : found;
}

function lineWithKey(lines: readonly string[], key: string, after: number): number | undefined {
  const index = lines.findIndex((line, at) => at >= after && saysKey(line, key));
  return index === -1 ? undefined : index + 1;
}

/** `key:`, `- key:` or `"key":`, also inside a flow map. */
function saysKey(line: string, key: string): boolean {
  const said = ['', '"', "'"].map((quote) => `${quote}${key}${quote}:`);
  return !/^\s*#/.test(line) && said.some((text) => beginsWord(line, line.indexOf(text)));
}

/** Not the tail of a longer key. */
function beginsWord(line: string, at: number): boolean {
  return at === 0 || (at > 0 && /[\s{,-]/.test(line.charAt(at - 1)));
}
