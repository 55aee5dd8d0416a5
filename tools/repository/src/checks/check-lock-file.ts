import { isDeepStrictEqual } from 'node:util';
import type { Check, Finding } from '../finding.ts';
import type { RepositoryFiles } from '../repository-files.ts';

const lockFile = 'package-lock.json';

export const checkLockFile: Check = {
  name: 'lock',
  description:
    'package-lock.json fits every package.json, names no registry and has an integrity hash for every package.',
  run(repository) {
    const { packages }: Lock = JSON.parse(repository.read(lockFile));
    const entries = Object.entries(packages);
    return {
      findings: [...entries.flatMap(([path, entry]) => judge(path, entry)), ...judgeManifests(repository, packages)],
    };
  },
};

interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

interface Dependencies {
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly optionalDependencies?: object;
}

interface LockEntry extends Dependencies {
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

const manifestPath = /^((apps|libs|tools)\/[^/]+\/)?package\.json$/;

/** npm ci refuses a lock file that says something else than the manifests. */
function judgeManifests({ paths, read }: RepositoryFiles, locked: Lock['packages']): readonly Finding[] {
  return paths
    .filter((path) => manifestPath.test(path))
    .flatMap((file) => {
      const entry = locked[file.replace(/\/?package\.json$/, '')];
      const isLocked =
        entry !== undefined && isDeepStrictEqual(dependenciesOf(JSON.parse(read(file))), dependenciesOf(entry));
      return isLocked
        ? []
        : [
            {
              file,
              message:
                'lists other dependencies than package-lock.json; run npm install and commit the lock file with it',
            },
          ];
    });
}

function dependenciesOf({
  dependencies = {},
  devDependencies = {},
  optionalDependencies = {},
}: Dependencies): Dependencies {
  return { dependencies, devDependencies, optionalDependencies };
}
