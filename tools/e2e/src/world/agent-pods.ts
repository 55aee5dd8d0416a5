import type { V1Pod } from '@kubernetes/client-node';
import type { NamespaceState } from '../recorder/namespace-record.ts';

/** Of the agent's pods; those of hooks and tests have others. */
export const agentLabels = { 'app.kubernetes.io/component': 'agent' } as const;

/** The pods of the agent. */
export function agentPods(state: Pick<NamespaceState, 'list'>): readonly V1Pod[] {
  return state.list('Pod', agentLabels);
}

/**
 * The name of a pod that runs the image of the release, and was not told to end. `kubectl exec deployment/…` asks for
 * neither, and Helm 3 sees the end of a rollout while a pod of the release before still waits to be told.
 */
export function findStaying(pods: readonly V1Pod[], image: string): string | undefined {
  const isStaying = ({ metadata, spec, status }: V1Pod) =>
    metadata?.deletionTimestamp === undefined && status?.phase === 'Running' && spec?.containers[0]?.image === image;
  return pods.find(isStaying)?.metadata?.name;
}

/** The revision of the Deployment that a pod is of. */
export function revisionOf({ metadata }: V1Pod): string {
  return metadata?.labels?.['pod-template-hash'] ?? '';
}
