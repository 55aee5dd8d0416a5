import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from '@task-api/values';

/** Argo CD reads the overlays from here; a pinned environment's chart comes from a commit instead. */
const defaultBranch = 'main';

/** The repository's address is one setting: `repository.url` of the root package.json. */
export async function readRepository(root: string): Promise<Repository> {
  const manifest: { readonly repository: { readonly url: string } } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  return { url: manifest.repository.url, defaultBranch };
}
