import type { Check } from '../src/finding.ts';
import { describeFinding } from '../src/finding.ts';
import type { RepositoryFiles } from '../src/repository-files.ts';

/** A repository of a few files; those below `marked/` count as marked in .gitattributes. */
export function memoryRepository(files: Readonly<Record<string, string>>): RepositoryFiles {
  return {
    paths: Object.keys(files).sort(),
    read: (path) => files[path] ?? '',
    generatedAmong: (paths) => paths.filter((path) => path.startsWith('marked/')),
  };
}

/** What a check says about a repository of these files. */
export async function complaintsOf(check: Check, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await check.run(memoryRepository({ 'package.json': '{}', ...files }));
  return findings.map(describeFinding);
}
