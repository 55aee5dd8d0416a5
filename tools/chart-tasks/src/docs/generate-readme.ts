import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ChartTaskError } from '../chart-task-error.ts';

const run = promisify(execFile);
const generator = join(import.meta.dirname, '../../../../node_modules/.bin/readme-generator');

/**
 * The README with the tables below `## Parameters` written anew from values.yaml.
 *
 * @throws ChartTaskError `undocumented-values`, when values and their comments do not agree
 */
export async function generateReadme(readme: string, valuesFile: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'chart-docs-'));
  const file = join(directory, 'README.md');
  try {
    await writeFile(file, readme);
    await run(process.execPath, [generator, '--values', valuesFile, '--readme', file]);
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ChartTaskError('undocumented-values', { value: valuesFile, detail: outputOf(cause) }, { cause });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** What the generator printed: it names on stdout the values that lack a comment, then throws. */
function outputOf(error: unknown): string {
  const isFailedCommand = typeof error === 'object' && error !== null && 'stdout' in error;
  return isFailedCommand ? String(error.stdout).trim() : String(error);
}
