import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImagesError } from '../images-error.ts';
import { debianRelease } from './package-sets.ts';

/** Package sources of a private apt, in the two formats that apt reads. */
export interface DebianSources {
  /** Lines of a `sources.list` */
  readonly list: string;
  /** Paragraphs of a `*.sources` file */
  readonly deb822: string;
}

/**
 * The package sources of this machine that are of the release; TASK_API_DEBIAN_SOURCES names a file that
 * takes their place, where the machine is of another release.
 *
 * @throws {ImagesError} when there are none
 */
export async function findDebianSources(env: NodeJS.ProcessEnv): Promise<DebianSources> {
  const paths = env.TASK_API_DEBIAN_SOURCES ? [env.TASK_API_DEBIAN_SOURCES] : await machineFiles();
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  const sources = {
    list: texts.map(linesOfRelease).filter(Boolean).join('\n'),
    deb822: texts.map(paragraphsOfRelease).filter(Boolean).join('\n\n'),
  };
  if (!sources.list && !sources.deb822) throw new ImagesError('sources-missing', { value: debianRelease });
  return sources;
}

async function machineFiles(): Promise<readonly string[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => []);
  return ['/etc/apt/sources.list', ...names.sort().map((name) => join(folder, name))];
}

/** `deb [options] address suite component…`, without the lines for other releases or source packages. */
export function linesOfRelease(text: string): string {
  return text
    .split('\n')
    .filter((line) => /^\s*deb\s/.test(line))
    .filter((line) =>
      isOfRelease(
        line
          .replace(/\[[^\]]*\]/, '')
          .trim()
          .split(/\s+/)[2],
      ),
    )
    .join('\n');
}

/** Paragraphs with the fields Types, URIs, Suites, Components. */
export function paragraphsOfRelease(text: string): string {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => /^Types:.*\bdeb\b/m.test(paragraph))
    .filter((paragraph) => /^Suites:(.*)$/m.exec(paragraph)?.[1]?.trim().split(/\s+/).every(isOfRelease))
    .join('\n\n');
}

function isOfRelease(suite: string | undefined): boolean {
  return suite === debianRelease || (suite?.startsWith(`${debianRelease}-`) ?? false);
}
