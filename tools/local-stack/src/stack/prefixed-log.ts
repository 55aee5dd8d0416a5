import pc from 'picocolors';
import { wrapWords } from './wrap-words.ts';

const colours = { postgres: pc.blue, redis: pc.red, migrate: pc.yellow, agent: pc.green } as const;

export type Source = keyof typeof colours;

const nameWidth = 8;
const separator = ' │ ';

/**
 * Writes each line with the name of who said it in front.
 *
 * @param columns width of the terminal; undefined, or 0 where a terminal does not tell, for lines that are not wrapped
 */
export function prefixedLog(
  source: Source,
  write: (text: string) => void,
  columns: number | undefined = process.stdout.columns,
): (text: string) => void {
  const prefix = `${colours[source](source.padEnd(nameWidth))}${pc.dim(separator)}`;
  const width = columns ? columns - nameWidth - separator.length : Number.POSITIVE_INFINITY;
  return (text) => {
    for (const line of text.split('\n').flatMap((whole) => wrapWords(whole, width))) write(`${prefix}${line}\n`);
  };
}
