import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readLivePins } from './live-pins.ts';

// Prints what the check of the live releases reads out of git, as a runtime input of Nx: the tests run again when an
// environment gets another release, and not with every commit.
const root = join(import.meta.dirname, '../../..');
for (const { environment, revision } of readLivePins(root)) {
  const objects = ['apps/agent/sql-catalogue.gen.json', 'libs/migrations/sql'].map((path) => `${revision}:${path}`);
  const { stdout } = spawnSync('git', ['-C', root, 'rev-parse', ...objects], { encoding: 'utf8' });
  process.stdout.write(`${environment} ${stdout.trim().replace('\n', ' ')}\n`);
}
