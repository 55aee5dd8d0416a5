import { spawn } from 'node:child_process';
import { GitopsError } from '../gitops-error.ts';
import { convertGitFailure, gitEnvironment } from './git.ts';

/**
 * Reads many objects with one git process: `<revision>:<path>` for a file, `<revision>^{commit}` for a commit.
 * What git does not have is undefined.
 *
 * @throws GitopsError `git-missing` or `git-failed`
 */
export async function readObjects(root: string, names: readonly string[]): Promise<readonly (string | undefined)[]> {
  if (names.length === 0) return [];
  const output = await catFile(root, names);
  return names.reduce<ReadState>(readNext, { output, offset: 0, texts: [] }).texts;
}

interface ReadState {
  readonly output: Buffer;
  readonly offset: number;
  readonly texts: readonly (string | undefined)[];
}

/** An answer is `<hash> <type> <size>`, a line break, the content and a line break; or `<name> missing`. */
function readNext({ output, offset, texts }: ReadState): ReadState {
  const headerEnd = output.indexOf('\n', offset);
  const size = /^\S+ (?:blob|commit|tree|tag) (\d+)$/.exec(output.toString('utf8', offset, headerEnd))?.[1];
  const start = headerEnd + 1;
  if (size === undefined) return { output, offset: start, texts: [...texts, undefined] };
  const end = start + Number(size);
  return { output, offset: end + 1, texts: [...texts, output.toString('utf8', start, end)] };
}

function catFile(root: string, names: readonly string[]): Promise<Buffer> {
  const args = ['cat-file', '--batch'];
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', root, ...args], { env: gitEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.on('error', (error) => reject(convertGitFailure(error, args)));
    child.on('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(output));
      reject(
        new GitopsError('git-failed', { value: args.join(' '), reason: Buffer.concat(complaints).toString().trim() }),
      );
    });
    // git may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${names.join('\n')}\n`);
  });
}
