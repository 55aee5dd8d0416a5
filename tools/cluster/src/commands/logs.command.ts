import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ClusterError } from '../cluster-error.ts';
import { clusterLayout } from '../cluster-layout.ts';
import type { CommandIo } from '../command-io.ts';
import { logOf } from '../processes/cluster-process.ts';

/** `cluster logs [name]`. */
export async function logs(name: string | undefined, io: CommandIo): Promise<void> {
  const names = listLogs();
  if (name === undefined) io.stdout.write(`${names.join('\n')}\n`);
  else if (names.includes(name)) await pipeline(createReadStream(logOf(name)), io.stdout, { end: false });
  else throw new ClusterError('unknown-log', { value: name, allowed: names.join(', ') });
}

function listLogs(): readonly string[] {
  if (!existsSync(clusterLayout.logs)) throw new ClusterError('not-running');
  return readdirSync(clusterLayout.logs)
    .map((file) => file.replace(/\.log$/, ''))
    .sort();
}
