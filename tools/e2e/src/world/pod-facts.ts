import type { V1Deployment, V1Job, V1Pod, V1StatefulSet } from '@kubernetes/client-node';

/** Whether the pod takes requests. */
export function isReady({ status, metadata }: V1Pod): boolean {
  if (metadata?.deletionTimestamp !== undefined) return false;
  return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** When the pod's first container of all, init containers included, started; absent while none has. */
export function startedAtMs({ status }: V1Pod): number | undefined {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const starts = containers.flatMap(({ state, lastState }) =>
    [state?.running, state?.terminated, lastState?.terminated].flatMap((phase) => phase?.startedAt ?? []),
  );
  return starts.length === 0 ? undefined : Math.min(...starts.map((start) => start.getTime()));
}

/** When the Job succeeded. */
export function completedAtMs({ status }: V1Job): number | undefined {
  return status?.completionTime?.getTime();
}

/** Whether the newest revision is all there is, and all of it ready. */
export function isRolledOut({ metadata, spec, status }: V1Deployment): boolean {
  const wanted = spec?.replicas ?? 1;
  return (
    (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    status?.updatedReplicas === wanted &&
    status.replicas === wanted &&
    (status.availableReplicas ?? 0) === wanted
  );
}

/** Whether every pod of the newest revision is ready. */
export function isComplete({ metadata, spec, status }: V1StatefulSet): boolean {
  const wanted = spec?.replicas ?? 1;
  return (
    (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    (status?.readyReplicas ?? 0) === wanted &&
    (wanted === 0 || status?.updateRevision === status?.currentRevision)
  );
}
