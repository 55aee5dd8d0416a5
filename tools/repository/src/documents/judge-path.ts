import { posix } from 'node:path';

/** What exists in a checkout: files, and the folders they imply. */
export interface Tree {
  has(path: string): boolean;
  /** Whether a path with `*` or `<name>` in it fits anything. */
  hasMatch(pattern: string): boolean;
}

export function buildTree(paths: readonly string[]): Tree {
  const known = new Set(paths.flatMap((path) => [path, ...foldersAbove(path)]));
  return {
    has: (path) => known.has(path),
    hasMatch: (pattern) => [...known].some((path) => toRegExp(pattern).test(path)),
  };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

const placeholder = /[*<>{}…]/;
const looksLikePath = /^[\w.@*<>{},…-]+(\/[\w.@*<>{},…-]+)*\/?$/;

/** Says what is wrong with a path that a document names; undefined when it exists, or when it is no path of the repository. */
export function judgePath(text: string, document: string, tree: Tree): string | undefined {
  const path = text.replace(/:\d+$/, '').replace(/^\.\//, '').replace(/\/$/, '');
  const [first = ''] = path.split('/');
  const folder = posix.dirname(document);
  if (!looksLikePath.test(path) || placeholder.test(first)) return undefined;
  const bases = [...new Set(['.', folder])].filter((base) => tree.has(posix.join(base, first)));
  if (bases.length === 0 || bases.some((base) => exists(posix.join(base, path), tree))) return undefined;
  return `names ${text}, which does not exist`;
}

function exists(path: string, tree: Tree): boolean {
  return placeholder.test(path) ? tree.hasMatch(path) : tree.has(path);
}

/** `*` and `<name>` stand for one part of a path, `**` and `…` for any, `{a,b}` for one of a list. */
function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*\*|…/g, '\u0000')
    .replace(/\*|<[^>]*>/g, '[^/]+')
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(${list.replaceAll(',', '|')})`)
    .replaceAll('\u0000', '.*');
  return new RegExp(`^${source}$`);
}
