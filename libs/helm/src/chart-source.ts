import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { cacheDirectory } from './cache-directory.ts';
import { HelmError } from './helm-error.ts';
import { publishDirectory } from './publish-directory.ts';
import { runCommand } from './run-command.ts';

export interface ChartSource {
  /** The `charts/` folder: of the checkout, or a copy of it as it was at a commit. */
  readonly directory: string;
  readonly revision: 'working-tree' | string;
}

export interface ChartSourceRequest {
  readonly root: string;
  /** Anything git can resolve to a commit. @default the working tree */
  readonly revision?: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The `charts/` folder of the checkout, or as git has it at a commit. The checkout itself is only read. */
export async function chartSource({ root, revision, env }: ChartSourceRequest): Promise<ChartSource> {
  if (revision === undefined) return { directory: join(root, 'charts'), revision: 'working-tree' };
  const git = gitIn(root, revision, env);
  const [commit = '', tree = ''] = await git('rev-parse', `${revision}^{commit}`, `${revision}^{commit}:charts`);
  const directory = await publishDirectory(join(cacheDirectory(env), 'exports', tree), async (scratch) => {
    const archive = join(scratch, 'charts.tar');
    await git('archive', '--format=tar', `--output=${archive}`, tree);
    await extract({ file: archive, cwd: scratch });
    await rm(archive);
  });
  return { directory, revision: commit };
}

/** Runs git in the checkout and splits its answer into lines; whatever fails, the revision is to blame. */
function gitIn(root: string, revision: string, env: NodeJS.ProcessEnv) {
  return async (...args: readonly string[]): Promise<readonly string[]> => {
    if (revision.startsWith('-')) throw new HelmError('revision', { value: revision, detail: 'it reads as an option' });
    const result = await runCommand('git', ['-C', root, ...args], { env: withoutGitVariables(env) }).catch(
      (error: Error) => ({ code: 127, stdout: '', stderr: error.message }),
    );
    if (result.code !== 0) throw new HelmError('revision', { value: revision, detail: result.stderr.trim() });
    return result.stdout.trim().split('\n');
  };
}

/** Inside a git hook, GIT_DIR and its like point at the repository that is being pushed, not at `root`. */
function withoutGitVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
}
