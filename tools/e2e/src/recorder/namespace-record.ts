import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
// The package exports no decoder, and a watch hands out what came over the wire, with text where the types say Date.
import { ObjectSerializer } from '@kubernetes/client-node/dist/serializer.js';
import { collectionPath, kinds, type ObjectTypes } from '../world/kinds.ts';
import type { LiveObjects } from '../world/live-objects.ts';
import { followCollection } from './follow-collection.ts';
import { type Change, type Observation, type RecordedKind, recordedKinds } from './observation.ts';

/** What is in a namespace by the newest that was heard of it. */
export interface NamespaceState {
  find<Name extends RecordedKind>(kind: Name, name: string): ObjectTypes[Name] | undefined;
  list<Name extends RecordedKind>(kind: Name, labels?: Readonly<Record<string, string>>): readonly ObjectTypes[Name][];
}

export interface RecordRequest {
  readonly config: KubeConfig;
  readonly objects: LiveObjects;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** Everything that happened in a namespace: the present state, every change with its time, and who wants to hear of it. */
export class NamespaceRecord implements NamespaceState {
  readonly #present = new Map<string, Observation>();
  readonly #history: Observation[] = [];
  readonly #listeners = new Set<() => void>();

  /** Every change, in the order in which it was heard of. */
  get history(): readonly Observation[] {
    return this.#history;
  }

  /** The changes of the objects of one kind, or of one of them. */
  historyOf<Name extends RecordedKind>(kind: Name, name?: string): readonly Observation<Name>[] {
    return this.#history.filter(
      (observation): observation is Observation<Name> =>
        observation.kind === kind && (name === undefined || nameOf(observation.object) === name),
    );
  }

  find<Name extends RecordedKind>(kind: Name, name: string): ObjectTypes[Name] | undefined {
    // Stored under its kind, so it is of that kind's type.
    return this.#present.get(`${kind}/${name}`)?.object as ObjectTypes[Name] | undefined;
  }

  list<Name extends RecordedKind>(
    kind: Name,
    labels: Readonly<Record<string, string>> = {},
  ): readonly ObjectTypes[Name][] {
    return [...this.#present.values()]
      .filter((observation): observation is Observation<Name> => observation.kind === kind)
      .map(({ object }) => object)
      .filter(({ metadata }) => Object.entries(labels).every(([key, value]) => metadata?.labels?.[key] === value));
  }

  /** Calls back after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Takes a change down. */
  add(observation: Observation): void {
    const key = `${observation.kind}/${nameOf(observation.object)}`;
    if (observation.change === 'deleted') this.#present.delete(key);
    else this.#present.set(key, observation);
    this.#history.push(observation);
    for (const listener of this.#listeners) listener();
  }
}

/** Records a namespace from now until the signal; resolves once the state is complete. */
export async function recordNamespace(request: RecordRequest): Promise<NamespaceRecord> {
  const record = new NamespaceRecord();
  await Promise.all(recordedKinds.map((kind) => recordKind(kind, record, request)));
  return record;
}

function recordKind(kind: RecordedKind, record: NamespaceRecord, request: RecordRequest): Promise<void> {
  const { config, objects, namespace, signal } = request;
  const listed = Promise.withResolvers<void>();
  void followCollection({
    config,
    path: collectionPath(kind, namespace),
    list: () => objects.listRaw(kind, namespace),
    onList(found) {
      for (const observation of differences(kind, record, found)) record.add(observation);
      listed.resolve();
    },
    onChange: (type, object) => record.add(observe(kind, changes[type], decode(kind, object))),
    signal,
  });
  signal.addEventListener('abort', () => listed.resolve(), { once: true });
  return listed.promise;
}

const changes: Readonly<Record<'ADDED' | 'MODIFIED' | 'DELETED', Change>> = {
  ADDED: 'added',
  MODIFIED: 'modified',
  DELETED: 'deleted',
};

/** What a list says that the record has not heard of. */
function differences(
  kind: RecordedKind,
  record: NamespaceRecord,
  found: readonly KubernetesObject[],
): readonly Observation[] {
  const names = new Set(found.map(nameOf));
  const gone = record.list(kind).filter((object) => !names.has(nameOf(object)));
  const news = found.flatMap((object) => {
    const known = record.find(kind, nameOf(object));
    if (known?.metadata?.resourceVersion === object.metadata?.resourceVersion) return [];
    return [observe(kind, known === undefined ? 'added' : 'modified', object)];
  });
  return [...gone.map((object) => observe(kind, 'deleted', object)), ...news];
}

function observe(kind: RecordedKind, change: Change, object: KubernetesObject): Observation {
  // What comes from the collection of a kind is of that kind.
  return { atMs: Date.now(), kind, change, object } as Observation;
}

function decode(kind: RecordedKind, object: KubernetesObject): KubernetesObject {
  return ObjectSerializer.deserialize(object, kinds[kind].type);
}

function nameOf(object: KubernetesObject): string {
  return object.metadata?.name ?? '';
}
