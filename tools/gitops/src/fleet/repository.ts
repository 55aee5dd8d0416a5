import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '@task-api/values';
import { systemErrorReason } from '../files/system-error.ts';
import { GitopsError } from '../gitops-error.ts';

/** Argo CD reads the floating environments' charts from here; a pinned environment names a commit. */
const defaultBranch = 'main';

/**
 * The repository's address is one setting: `repository.url` of the root package.json.
 *
 * @throws GitopsError `repository-unknown`
 */
export function readRepository(root: string): Repository {
  try {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    if (typeof manifest.repository?.url !== 'string') throw new Error('it is not there');
    return { url: manifest.repository.url, defaultBranch };
  } catch (cause) {
    throw new GitopsError('repository-unknown', { file: 'package.json', reason: systemErrorReason(cause) }, { cause });
  }
}
