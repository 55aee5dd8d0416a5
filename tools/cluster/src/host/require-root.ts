import { ClusterError } from '../cluster-error.ts';

/** Refuses everybody but root: namespaces, cgroups and the state of a cluster belong to root. */
export function requireRoot(userId = process.getuid?.() ?? -1): void {
  if (userId !== 0) throw new ClusterError('not-root', { value: userId });
}
