import type { V1Pod } from '@kubernetes/client-node';
import type { NamespaceState } from '../recorder/namespace-record.ts';

/** Of the agent's pods; those of hooks and tests have others. */
export const agentLabels = { 'app.kubernetes.io/component': 'agent' } as const;

/** The pods of the agent. */
export function agentPods(state: Pick<NamespaceState, 'list'>): readonly V1Pod[] {
  return state.list('Pod', agentLabels);
}

/**
 * The name of a pod that runs and was not told to end, which `kubectl exec deployment/…` does not ask for: after a
 * rollout it may choose one of the release before.
 */
export function findStaying(pods: readonly V1Pod[]): string | undefined {
  const isStaying = ({ metadata, status }: V1Pod) =>
    metadata?.deletionTimestamp === undefined && status?.phase === 'Running';
  return pods.find(isStaying)?.metadata?.name;
}

/** The revision of the Deployment that a pod is of. */
export function revisionOf({ metadata }: V1Pod): string {
  return metadata?.labels?.['pod-template-hash'] ?? '';
}
