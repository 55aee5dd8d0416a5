import type { Check, Finding } from '../finding.ts';

interface Trace {
  readonly pattern: RegExp;
  readonly message: string;
}

/** Hosts from which package managers download. A file that names one works only where that host can be reached. */
const registryHosts: Trace = {
  pattern:
    /\b(registry\.(npmjs|yarnpkg)|npm\.pkg\.github|(proxy|sum)\.golang|files\.pythonhosted|pypi)\.(org|com|io)\b/,
  message: 'names a package registry; which one is used is a setting of the machine',
};

const homeFolders: Trace = {
  pattern: /(?<![\w.])(\/home\/[a-z][\w-]*|\/Users\/[A-Za-z][\w-]*|[A-Z]:\\Users\\)/,
  message: 'names the home directory of a machine; use a path inside the repository or a temporary directory',
};

const isText = /(^|\/)[^/]*\.(ts|mts|mjs|js|json|ya?ml|md|tpl|sh|toml|txt)$|(^|\/)(\.[a-z]+|Dockerfile|run|LICENSE)$/;

/** Fails on what works on one machine only. */
export function checkMachineTraces(root: string): Check {
  const ownPath: Trace = {
    pattern: new RegExp(`${RegExp.escape(root)}(?![\\w-])`),
    message: 'names the directory of this checkout; use a path relative to the root',
  };
  return {
    name: 'machine',
    description: 'No file names a directory of a machine or the host of a package registry.',
    run: ({ paths, read }) => ({
      findings: paths
        .filter((path) => isText.test(path))
        .flatMap((path) => findTraces(path, read(path), [ownPath, registryHosts, homeFolders])),
    }),
  };
}

function findTraces(file: string, text: string, traces: readonly Trace[]): readonly Finding[] {
  const suspects = traces.filter(({ pattern }) => pattern.test(text));
  return text
    .split('\n')
    .flatMap((content, index) =>
      suspects
        .filter(({ pattern }) => pattern.test(content))
        .map(({ message }) => ({ file, line: index + 1, message })),
    );
}
