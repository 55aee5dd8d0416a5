import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { LivePin } from '../src/gate/index.ts';

interface ReleaseFile {
  readonly chart: { readonly revision: string };
  readonly commits: readonly string[];
}

/** What each environment runs: the newest commit in its image, else the one whose chart it deploys. */
export function readLivePins(root: string): readonly LivePin[] {
  const directory = join(root, 'environments');
  const names = readdirSync(directory).filter((name) => existsSync(join(directory, name, 'release.yaml')));
  return names.flatMap((environment) => {
    const text = readFileSync(join(directory, environment, 'release.yaml'), 'utf8');
    const { chart, commits }: ReleaseFile = parse(text);
    const revision = commits[0] ?? resolveRevision(root, chart.revision);
    return revision === undefined ? [] : [{ environment, revision }];
  });
}

/** Where a branch is followed, the commit before this one is live; undefined before the second commit. */
function resolveRevision(root: string, revision: string): string | undefined {
  if (/^[0-9a-f]{40}$/.test(revision)) return revision;
  const tip = revParse(root, `origin/${revision}`) ?? revParse(root, revision);
  return tip === revParse(root, 'HEAD') ? revParse(root, 'HEAD^1') : tip;
}

function revParse(root: string, revision: string): string | undefined {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', '--verify', '--quiet', `${revision}^{commit}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // Exit code 1: there is no such revision.
    return undefined;
  }
}
