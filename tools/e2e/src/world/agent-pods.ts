import type { V1Pod } from '@kubernetes/client-node';
import type { NamespaceState } from '../recorder/namespace-record.ts';

/** The pods of the agent; those of hooks and tests are none. */
export function agentPods(state: Pick<NamespaceState, 'list'>): readonly V1Pod[] {
  return state.list('Pod', { 'app.kubernetes.io/component': 'agent' });
}

/** The revision of the Deployment that a pod is of. */
export function revisionOf({ metadata }: V1Pod): string {
  return metadata?.labels?.['pod-template-hash'] ?? '';
}
