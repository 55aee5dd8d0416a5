import { type Json, listAt, mapAt, type Path, textAt, valueAt } from './json.ts';
import { annotationsOf, groupKindOf, type KubernetesObject } from './kubernetes-object.ts';
import type { Reference } from './reference.ts';

/** What an object itself refers to by name, apart from its pods. Only kinds whose producers a render usually holds. */
export function objectReferences(object: KubernetesObject, namespace: string): readonly Reference[] {
  const collect = collectors[groupKindOf(object)];
  return (
    collect?.(object, namespace).flatMap(({ name, ...rest }) =>
      name === undefined ? [] : [{ ...rest, name, blocksPod: false }],
    ) ?? []
  );
}

/** A reference whose name may be absent. */
interface Mention {
  readonly groupKind: string;
  readonly name: string | undefined;
  readonly path: Path;
}

type Collector = (object: KubernetesObject, namespace: string) => readonly Mention[];

const ofIngress: Collector = (object) => {
  const rules = listAt(object, 'spec', 'rules').flatMap((rule, at) =>
    listAt(rule, 'http', 'paths').map(
      (_, index): Path => ['spec', 'rules', at, 'http', 'paths', index, 'backend', 'service', 'name'],
    ),
  );
  const paths: readonly Path[] = [['spec', 'defaultBackend', 'service', 'name'], ...rules];
  return [...paths.map((path) => mention('Service', object, path)), ...tlsSecrets(object)];
};

const ofHttpRoute: Collector = (object) =>
  listAt(object, 'spec', 'rules').flatMap((rule, at) =>
    listAt(rule, 'backendRefs').flatMap((backend, index) => {
      const isLocalService =
        (textAt(backend, 'kind') ?? 'Service') === 'Service' && textAt(backend, 'namespace') === undefined;
      return isLocalService ? [mention('Service', object, ['spec', 'rules', at, 'backendRefs', index, 'name'])] : [];
    }),
  );

const ofBinding: Collector = (object, namespace) => {
  const role =
    textAt(object, 'roleRef', 'kind') === 'Role'
      ? [mention('Role.rbac.authorization.k8s.io', object, ['roleRef', 'name'])]
      : [];
  const accounts = listAt(object, 'subjects').flatMap((subject, index) => {
    const isLocal =
      textAt(subject, 'kind') === 'ServiceAccount' && (textAt(subject, 'namespace') ?? namespace) === namespace;
    return isLocal ? [mention('ServiceAccount', object, ['subjects', index, 'name'])] : [];
  });
  return [...role, ...accounts];
};

const ofAutoscaler: Collector = (object) => {
  const target = mapAt(object, 'spec', 'scaleTargetRef');
  const group = textAt(target, 'apiVersion')?.split('/')[0] ?? '';
  return [mention(`${textAt(target, 'kind')}.${group}`, object, ['spec', 'scaleTargetRef', 'name'])];
};

const collectors: Readonly<Record<string, Collector>> = {
  'HTTPRoute.gateway.networking.k8s.io': ofHttpRoute,
  'HorizontalPodAutoscaler.autoscaling': ofAutoscaler,
  'Ingress.networking.k8s.io': ofIngress,
  'RoleBinding.rbac.authorization.k8s.io': ofBinding,
  ServiceAccount: (object) =>
    listAt(object, 'imagePullSecrets').map((_, index) =>
      mention('Secret', object, ['imagePullSecrets', index, 'name']),
    ),
  'StatefulSet.apps': (object) => [mention('Service', object, ['spec', 'serviceName'])],
};

function mention(groupKind: string, object: Json, path: Path): Mention {
  const name = valueAt(object, path);
  return { groupKind, path, name: typeof name === 'string' && name !== '' ? name : undefined };
}

/** An issuer named in an annotation creates the certificate's Secret by itself. */
function tlsSecrets(object: KubernetesObject): readonly Mention[] {
  const isIssued = Object.keys(annotationsOf(object)).some(
    (name) => name.startsWith('cert-manager.io/') || name === 'kubernetes.io/tls-acme',
  );
  return isIssued
    ? []
    : listAt(object, 'spec', 'tls').map((_, index) => mention('Secret', object, ['spec', 'tls', index, 'secretName']));
}
