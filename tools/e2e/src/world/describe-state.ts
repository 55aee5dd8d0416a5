import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { NamespaceState } from '../recorder/namespace-record.ts';

/** The pods of a namespace in a line each, and the newest warnings. */
export function describeState(state: NamespaceState): string {
  const pods = state.list('Pod').map(describePod);
  const warnings = state
    .list('Event')
    .filter(({ type }) => type === 'Warning')
    .slice(-5)
    .map(({ involvedObject, message }) => `warning about ${involvedObject.name}: ${message}`);
  const lines = [...pods, ...warnings];
  return lines.length === 0 ? 'no pod at all' : lines.map((line) => `  ${line}`).join('\n');
}

/** `task-api-7f… Running, not ready; agent running, restarted 2 times`. */
export function describePod({ metadata, spec, status }: V1Pod): string {
  const isReady = status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  const phase = metadata?.deletionTimestamp === undefined ? (status?.phase ?? 'unknown') : 'Terminating';
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const place = spec?.nodeName === undefined ? 'on no node' : `on ${spec.nodeName}`;
  return [
    `${metadata?.name} ${phase}, ${isReady ? 'ready' : 'not ready'}, ${place}`,
    ...containers.map(describeContainer),
  ].join('; ');
}

function describeContainer({ name, state, restartCount }: V1ContainerStatus): string {
  const reason = state?.waiting?.reason ?? state?.terminated?.reason ?? (state?.running ? 'running' : 'unknown');
  const message = state?.waiting?.message ?? state?.terminated?.message;
  const times = restartCount > 0 ? `, restarted ${restartCount} times` : '';
  return `${name} ${reason}${message ? ` (${message})` : ''}${times}`;
}
