import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'docs/runbooks';

/** Every runbook there is, so that none is forgotten. */
export const runbookPaths: readonly string[] = readdirSync(join(import.meta.dirname, '../../../../..', folder))
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => `${folder}/${name}`);
