import { spawnSync } from 'node:child_process';

/** The commit that the commits under test came after; undefined when there is none. */
export function findBase(env: NodeJS.ProcessEnv, root: string): string | undefined {
  const candidates = [env.NX_BASE, mergeBase(root), 'HEAD~1'].filter(
    (candidate) => candidate !== undefined && candidate !== '',
  );
  return candidates.find((candidate) => resolve(candidate, root) !== undefined);
}

/** On the default branch itself there is nothing between it and HEAD. */
function mergeBase(root: string): string | undefined {
  const base = git(['merge-base', 'origin/main', 'HEAD'], root);
  return base === resolve('HEAD', root) ? undefined : base;
}

function resolve(revision: string | undefined, root: string): string | undefined {
  return git(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], root);
}

function git(args: readonly string[], root: string): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
