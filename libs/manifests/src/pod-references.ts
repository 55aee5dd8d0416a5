import { containersOf } from './containers-of.ts';
import { type Json, listAt, type Path, textAt, valueAt } from './json.ts';
import type { PodSource } from './pods-of.ts';
import type { Reference } from './reference.ts';

/** What the pods of an object need before they can start; optional references are left out. */
export function podReferences(pod: PodSource): readonly Reference[] {
  return [...volumeReferences(pod), ...environmentReferences(pod), ...accountReferences(pod)];
}

/** A value that may name an object, where the name is written, and its kind. */
interface Source {
  readonly groupKind: string;
  readonly value: Json | undefined;
  readonly nameField: string;
  readonly path: Path;
}

function volumeReferences({ spec, path }: PodSource): readonly Reference[] {
  return listAt(spec, 'volumes').flatMap((volume, index) => {
    const at = [...path, 'volumes', index];
    const projected = listAt(volume, 'projected', 'sources').flatMap((source, place) =>
      projectedSources(source, [...at, 'projected', 'sources', place]),
    );
    return [...directSources(volume, at), ...projected].flatMap(sourceReferences);
  });
}

function directSources(volume: Json, path: Path): readonly Source[] {
  return [
    { groupKind: 'Secret', value: valueAt(volume, ['secret']), nameField: 'secretName', path: [...path, 'secret'] },
    { groupKind: 'ConfigMap', value: valueAt(volume, ['configMap']), nameField: 'name', path: [...path, 'configMap'] },
    {
      groupKind: 'PersistentVolumeClaim',
      value: valueAt(volume, ['persistentVolumeClaim']),
      nameField: 'claimName',
      path: [...path, 'persistentVolumeClaim'],
    },
  ];
}

function projectedSources(source: Json, path: Path): readonly Source[] {
  return [
    { groupKind: 'Secret', value: valueAt(source, ['secret']), nameField: 'name', path: [...path, 'secret'] },
    { groupKind: 'ConfigMap', value: valueAt(source, ['configMap']), nameField: 'name', path: [...path, 'configMap'] },
  ];
}

function environmentReferences(pod: PodSource): readonly Reference[] {
  return containersOf(pod).flatMap(({ container, path }) => {
    const single = listAt(container, 'env').flatMap((entry, index) =>
      variableSources(valueAt(entry, ['valueFrom']), [...path, 'env', index, 'valueFrom']),
    );
    const whole = listAt(container, 'envFrom').flatMap((entry, index) =>
      wholeSources(entry, [...path, 'envFrom', index]),
    );
    return [...single, ...whole].flatMap(sourceReferences);
  });
}

function variableSources(value: Json | undefined, path: Path): readonly Source[] {
  return [
    {
      groupKind: 'Secret',
      value: valueAt(value, ['secretKeyRef']),
      nameField: 'name',
      path: [...path, 'secretKeyRef'],
    },
    {
      groupKind: 'ConfigMap',
      value: valueAt(value, ['configMapKeyRef']),
      nameField: 'name',
      path: [...path, 'configMapKeyRef'],
    },
  ];
}

function wholeSources(value: Json, path: Path): readonly Source[] {
  return [
    { groupKind: 'Secret', value: valueAt(value, ['secretRef']), nameField: 'name', path: [...path, 'secretRef'] },
    {
      groupKind: 'ConfigMap',
      value: valueAt(value, ['configMapRef']),
      nameField: 'name',
      path: [...path, 'configMapRef'],
    },
  ];
}

function accountReferences({ spec, path }: PodSource): readonly Reference[] {
  const account = textAt(spec, 'serviceAccountName');
  const pullSecrets = listAt(spec, 'imagePullSecrets').map((value, index) => ({
    groupKind: 'Secret',
    value,
    nameField: 'name',
    path: [...path, 'imagePullSecrets', index],
  }));
  const accounts =
    account === undefined
      ? []
      : [{ groupKind: 'ServiceAccount', name: account, path: [...path, 'serviceAccountName'], blocksPod: true }];
  return [...accounts, ...pullSecrets.flatMap(sourceReferences)];
}

/** One reference for each entry that is read, or one for the whole object. */
function sourceReferences({ groupKind, value, nameField, path }: Source): readonly Reference[] {
  const name = textAt(value, nameField);
  if (name === undefined || valueAt(value, ['optional']) === true) return [];
  const whole: Reference = { groupKind, name, path: [...path, nameField], blocksPod: true };
  const keys = keysOf(value, path);
  return keys.length === 0 ? [whole] : keys.map((key) => ({ ...whole, key }));
}

function keysOf(value: Json | undefined, path: Path): readonly { readonly name: string; readonly path: Path }[] {
  const single = textAt(value, 'key');
  if (single !== undefined) return [{ name: single, path: [...path, 'key'] }];
  return listAt(value, 'items').flatMap((item, index) => {
    const name = textAt(item, 'key');
    return name === undefined ? [] : [{ name, path: [...path, 'items', index, 'key'] }];
  });
}
