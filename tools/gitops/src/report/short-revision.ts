const shortLength = 7;

/** A chart revision as tables show it: the first digits of a commit, or that it is the working tree. */
export function shortRevision(revision: string): string {
  return /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, shortLength) : 'working tree';
}
