import { setTimeout as pause } from 'node:timers/promises';
import type { KubeConfig, KubernetesListObject, KubernetesObject } from '@kubernetes/client-node';
import { Watch } from '@kubernetes/client-node';

export interface FollowOptions {
  readonly config: KubeConfig;
  readonly path: string;
  readonly list: () => Promise<KubernetesListObject<KubernetesObject>>;
  /** Everything there is, after the start and whenever changes may have been missed. */
  readonly onList: (objects: readonly KubernetesObject[]) => void;
  readonly onChange: (change: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject) => void;
  readonly signal: AbortSignal;
}

const retryMs = 250;
const goneStatus = 410;

/** Lists a collection and follows its changes until the signal, over lost connections and restarts of the API server. */
export async function followCollection(options: FollowOptions): Promise<void> {
  let version: string | undefined;
  while (!options.signal.aborted) {
    try {
      version ??= await listOnce(options);
      version = await watchFrom(version, options);
    } catch {
      // The API server is restarting, or gone for good; the deadline of who waits decides that.
      version = undefined;
      await pause(retryMs, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
}

async function listOnce({ list, onList }: FollowOptions): Promise<string> {
  const { items, metadata } = await list();
  onList(items);
  return metadata?.resourceVersion ?? '';
}

/** Returns the version to go on from, or nothing when the collection has to be listed anew. */
async function watchFrom(
  version: string,
  { config, path, onChange, signal }: FollowOptions,
): Promise<string | undefined> {
  const ended = Promise.withResolvers<unknown>();
  let last: string | undefined = version;
  const onEvent = (type: string, object: KubernetesObject & { readonly code?: number }) => {
    if (type === 'ERROR') last = object.code === goneStatus ? undefined : last;
    else last = object.metadata?.resourceVersion ?? last;
    if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') onChange(type, object);
  };
  const query = { resourceVersion: version, allowWatchBookmarks: true };
  const request = await new Watch(config).watch(path, query, onEvent, ended.resolve);
  const abort = () => request.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  const error = await ended.promise;
  signal.removeEventListener('abort', abort);
  if (isFailure(error)) throw error;
  return last;
}

/** A connection that was quiet for too long is opened again where it was. */
function isFailure(error: unknown): error is Error {
  return error instanceof Error && error.name !== 'TimeoutError' && error.name !== 'AbortError';
}
