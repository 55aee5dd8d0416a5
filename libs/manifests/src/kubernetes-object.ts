import { type JsonMap, textAt, textMapAt } from './json.ts';

/** A rendered object of which only these two fields are known to be there; everything else is checked when it is read. */
export type KubernetesObject = JsonMap & { readonly apiVersion: string; readonly kind: string };

/** An object together with where it was rendered from. */
export interface RenderedObject {
  readonly object: KubernetesObject;
  readonly source: ObjectSource;
}

export interface ObjectSource {
  /** `task-api/templates/deployment.yaml`, from Helm's `# Source:` comment; empty where there is none. */
  readonly template: string;
  /** Which document of the stream this is, counted from 0. */
  readonly index: number;
  /** Line of the stream on which the document's text begins, counted from 1. */
  readonly line: number;
  /** The document as it was rendered. */
  readonly text: string;
  /** Where inside the document the object lies: empty, or `['items', 3]` for a member of a List. */
  readonly path: readonly (string | number)[];
  /** What Kubernetes would accept silently although the document does not say what it seems to say. */
  readonly problems: readonly DocumentProblem[];
}

export interface DocumentProblem {
  readonly rule: 'duplicate-key' | 'null-key';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export function nameOf(object: KubernetesObject): string {
  return textAt(object, 'metadata', 'name') ?? textAt(object, 'metadata', 'generateName') ?? '';
}

/** The namespace that the object itself states; undefined means the release's namespace, or none for a cluster-wide kind. */
export function namespaceOf(object: KubernetesObject): string | undefined {
  return textAt(object, 'metadata', 'namespace') || undefined;
}

export function labelsOf(object: KubernetesObject): Readonly<Record<string, string>> {
  return textMapAt(object, 'metadata', 'labels');
}

export function annotationsOf(object: KubernetesObject): Readonly<Record<string, string>> {
  return textMapAt(object, 'metadata', 'annotations');
}

/** `apps` of `apps/v1`, empty for the core group. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** The kind as the API knows it whatever its version: `Deployment.apps`, `Service`. */
export function groupKindOf(object: KubernetesObject): string {
  const group = groupOf(object);
  return group === '' ? object.kind : `${object.kind}.${group}`;
}
