import { posix } from 'node:path';
import type { RepositoryFiles } from '../repository-files.ts';
import type { Tree } from './judge-path.ts';

/** Says what is wrong with the target of a link; undefined when it resolves or leads out of the repository. */
export function judgeLink(
  target: string,
  document: string,
  { read, tree }: Pick<RepositoryFiles, 'read'> & { readonly tree: Tree },
) {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document : posix.join(posix.dirname(document), path).replace(/\/$/, '');
  if (!tree.has(file) && file !== '.') return `links to ${target}, which does not exist`;
  if (anchor === undefined || !file.endsWith('.md') || anchorsOf(read(file)).has(anchor)) return undefined;
  return `links to ${target}, but ${file} has no such heading`;
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = markdown.split('\n').flatMap((line) => /^#+\s+(.*)$/.exec(line)?.[1] ?? []);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}
