import { groupKindOf, type KubernetesObject, nameOf, namespaceOf } from './kubernetes-object.ts';

/**
 * What a person calls an object: apiVersion, kind, namespace where stated, and name.
 *
 * @example identityOf(deployment) // 'apps/v1 Deployment task-api-prod/task-api'
 */
export function identityOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object);
  return `${object.apiVersion} ${object.kind} ${namespace ? `${namespace}/` : ''}${nameOf(object)}`;
}

/** What the API server holds to be one and the same object: its version plays no part, and an absent namespace is the release's. */
export function storageKeyOf(object: KubernetesObject, releaseNamespace: string): string {
  const namespace = namespaceOf(object) ?? releaseNamespace;
  return `${groupKindOf(object)} ${namespace === '' ? '' : `${namespace}/`}${nameOf(object)}`;
}
