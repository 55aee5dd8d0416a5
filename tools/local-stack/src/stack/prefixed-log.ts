import pc from 'picocolors';

const colours = { postgres: pc.blue, redis: pc.red, migrate: pc.yellow, agent: pc.green } as const;

export type Source = keyof typeof colours;

/** Writes each line with the name of who said it in front. */
export function prefixedLog(source: Source, write: (text: string) => void): (line: string) => void {
  const prefix = colours[source](source.padEnd(8));
  return (line) => write(`${prefix} ${pc.dim('│')} ${line}\n`);
}
