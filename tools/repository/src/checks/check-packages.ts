import { basename, dirname } from 'node:path';
import type { Check, Finding } from '../finding.ts';

const manifestPath = /^(apps|libs|tools)\/[^/]+\/package\.json$/;

export const checkPackages: Check = {
  name: 'packages',
  description: 'Every package is named for its folder, as npm and Nx see it, is private and has a tsconfig.json.',
  run: ({ paths, read }) => ({
    findings: paths
      .filter((path) => manifestPath.test(path))
      .flatMap((file) => [
        ...judgeManifest(file, JSON.parse(read(file))),
        ...(paths.includes(`${dirname(file)}/tsconfig.json`)
          ? []
          : [{ file, message: 'has no tsconfig.json beside it; its code is not type-checked' }]),
      ]),
  }),
};

interface Manifest {
  readonly name?: string;
  readonly private?: boolean;
  readonly nx?: { readonly name?: string };
}

function judgeManifest(file: string, manifest: Manifest): readonly Finding[] {
  const folder = basename(dirname(file));
  const complaints = [
    manifest.name === `@task-api/${folder}` ? '' : `is named ${manifest.name}; its folder asks for @task-api/${folder}`,
    manifest.nx?.name === folder
      ? ''
      : `names its project ${manifest.nx?.name}; set nx.name to ${folder}, the scope of its commits`,
    manifest.private === true ? '' : 'could be published; set private to true',
  ];
  return complaints.filter(Boolean).map((message) => ({ file, message }));
}
