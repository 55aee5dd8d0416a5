import type { KubeConfig } from '@kubernetes/client-node';
import { E2eError } from '../e2e-error.ts';
import { followCollection } from '../recorder/follow-collection.ts';
import { collectionPath } from './kinds.ts';
import type { LiveObjects } from './live-objects.ts';

export interface NamespaceRequest {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly objects: LiveObjects;
  readonly config: KubeConfig;
  readonly signal: AbortSignal;
}

/** Label of every namespace that the suite makes. */
export const suiteLabel = 'task-api-e2e/namespace';

const goneTimeoutMs = 120_000;

/** Makes an empty namespace that enforces Pod Security "restricted"; one that an earlier run has left goes first. */
export async function openNamespace(request: NamespaceRequest): Promise<void> {
  const { namespace, labels, objects } = request;
  if ((await objects.find('Namespace', namespace)) !== undefined) {
    await objects.delete('Namespace', namespace);
    await untilGone(request);
  }
  await objects.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { [suiteLabel]: 'true', 'pod-security.kubernetes.io/enforce': 'restricted', ...labels },
    },
  });
}

/** Resolves once no namespace of that name exists. */
export async function untilGone({
  namespace,
  objects,
  config,
  signal,
}: Omit<NamespaceRequest, 'labels'>): Promise<void> {
  const gone = Promise.withResolvers<void>();
  const stop = new AbortController();
  const timer = setTimeout(() => gone.reject(tooLate(namespace)), goneTimeoutMs);
  void followCollection({
    config,
    path: collectionPath('Namespace', ''),
    list: () => objects.listRaw('Namespace', ''),
    onList: (found) => {
      if (found.every(({ metadata }) => metadata?.name !== namespace)) gone.resolve();
    },
    onChange: (change, { metadata }) => {
      if (change === 'DELETED' && metadata?.name === namespace) gone.resolve();
    },
    signal: AbortSignal.any([signal, stop.signal]),
  });
  signal.addEventListener('abort', () => gone.resolve(), { once: true });
  await gone.promise.finally(() => {
    clearTimeout(timer);
    stop.abort();
  });
}

function tooLate(namespace: string): E2eError {
  const value = `${goneTimeoutMs / 1000} s`;
  const detail = `kubectl get namespace ${namespace} -o yaml tells what holds it`;
  return new E2eError('deadline', { what: `namespace ${namespace} to be gone`, value, detail });
}
