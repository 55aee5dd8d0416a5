import type { Check, Finding } from '../finding.ts';

const lockFile = 'package-lock.json';

export const checkLockFile: Check = {
  name: 'lock',
  description: 'package-lock.json names no registry and has an integrity hash for every package.',
  run({ read }) {
    const { packages }: Lock = JSON.parse(read(lockFile));
    return { findings: Object.entries(packages).flatMap(([path, entry]) => judge(path, entry)) };
  },
};

interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

interface LockEntry {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
}

function judge(path: string, { resolved, integrity, link, inBundle }: LockEntry): readonly Finding[] {
  if (link || inBundle || !path.includes('node_modules/')) return [];
  if (resolved !== undefined) {
    return [
      {
        file: lockFile,
        message: `${path} names where it came from (${resolved}); run npm install with the repository's .npmrc`,
      },
    ];
  }
  return integrity === undefined
    ? [{ file: lockFile, message: `${path} has no integrity hash; remove the entry and run npm install` }]
    : [];
}
