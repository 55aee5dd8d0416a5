import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GitopsError } from '../gitops-error.ts';

const run = promisify(execFile);
const maximumOutputBytes = 64 * 1024 * 1024;

/**
 * Runs git in the checkout and returns its output.
 *
 * @throws GitopsError `git-missing` or `git-failed`, with git's own message
 */
export async function git(root: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', root, ...args], {
      maxBuffer: maximumOutputBytes,
      env: gitEnvironment(),
    });
    return stdout;
  } catch (error) {
    throw convertGitFailure(error, args);
  }
}

/** Whether the clone lacks history, as CI's checkouts do by default. */
export async function isShallow(root: string): Promise<boolean> {
  return (await git(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
}

/** Git hooks set GIT_DIR and GIT_INDEX_FILE for the repository they run in, which need not be this one. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const { GIT_DIR: _directory, GIT_INDEX_FILE: _index, GIT_WORK_TREE: _workTree, ...rest } = process.env;
  return { ...rest, LC_ALL: 'C' };
}

export function convertGitFailure(error: unknown, args: readonly string[]): GitopsError {
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: string }; // what execFile rejects with
  if (code === 'ENOENT') return new GitopsError('git-missing', {}, { cause: error });
  return new GitopsError(
    'git-failed',
    { value: args.join(' '), reason: stderr?.trim() || String(error) },
    { cause: error },
  );
}
