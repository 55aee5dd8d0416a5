import type { Mutation } from './mutation.ts';

export const outdatedLock: Mutation = {
  name: 'outdated-lock',
  title: 'Chart.lock is of other dependencies than Chart.yaml',
  edits: [{ file: 'Chart.lock', find: /digest: sha256:\w+/, replace: `digest: sha256:${'0'.repeat(64)}` }],
  scenario: 'distribution',
  failure: /out of sync/,
};
