/** One line that only one of two schemas has, with the object that it belongs to. */
export interface SchemaDifference {
  readonly side: 'missing' | 'unexpected';
  readonly object: string;
  readonly line: string;
}

/** What a database lacks of the expected schema, and what it has beside it. Comment lines do not count. */
export function compareSchemas(expected: string, actual: string): readonly SchemaDifference[] {
  const [wanted, found] = [readLines(expected), readLines(actual)];
  return [...subtract(wanted, found, 'missing'), ...subtract(found, wanted, 'unexpected')];
}

/** From an object and one of its lines, joined, to both. */
type Lines = ReadonlyMap<string, { readonly object: string; readonly line: string }>;

function readLines(text: string): Lines {
  const blocks = text
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n')
    .trim()
    .split('\n\n');
  const lines = blocks.flatMap((block) => {
    const [object = '', ...rest] = block.split('\n').map((line) => line.trim().replace(/,$/, ''));
    return (rest.length === 0 ? [object] : rest).map((line) => [`${object}\n${line}`, { object, line }] as const);
  });
  return new Map(lines);
}

function subtract(from: Lines, other: Lines, side: SchemaDifference['side']): readonly SchemaDifference[] {
  return [...from].filter(([key]) => !other.has(key)).map(([, { object, line }]) => ({ side, object, line }));
}
