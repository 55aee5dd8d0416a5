import { isMap, type Json, listAt, type Path, valueAt } from '../json.ts';
import { groupKindOf, type KubernetesObject } from '../kubernetes-object.ts';
import type { Problem } from '../problem.ts';
import { effectiveNamespaceOf, type RenderContext } from '../render-context.ts';
import type { ObjectRule } from './rule.ts';

/** Routes send to a port that their Service has. */
export const backendPortExists: ObjectRule = ({ object }, context) =>
  backendsOf(object).flatMap(({ service, port, path }): readonly Problem[] => {
    const ports = portsOf(service, effectiveNamespaceOf(object, context.options), context);
    if (ports === undefined || port === undefined || port === null || ports.includes(port)) return [];
    return [
      {
        rule: 'unknown-port',
        path,
        message: `is ${JSON.stringify(port)}; the Service ${String(service)} has ${ports.map(String).join(', ') || 'no ports'}`,
      },
    ];
  });

interface Backend {
  readonly service: Json | undefined;
  readonly port: Json | undefined;
  readonly path: Path;
}

function backendsOf(object: KubernetesObject): readonly Backend[] {
  const collect = {
    'Ingress.networking.k8s.io': ingressBackends,
    'HTTPRoute.gateway.networking.k8s.io': routeBackends,
  }[groupKindOf(object)];
  return collect?.(object) ?? [];
}

function ingressBackends(object: KubernetesObject): readonly Backend[] {
  return listAt(object, 'spec', 'rules').flatMap((rule, at) =>
    listAt(rule, 'http', 'paths').flatMap((_, index) => {
      const base: Path = ['spec', 'rules', at, 'http', 'paths', index, 'backend', 'service'];
      const service = valueAt(object, [...base, 'name']);
      return ['name', 'number'].map((field) => ({
        service,
        port: valueAt(object, [...base, 'port', field]),
        path: [...base, 'port', field],
      }));
    }),
  );
}

function routeBackends(object: KubernetesObject): readonly Backend[] {
  return listAt(object, 'spec', 'rules').flatMap((rule, at) =>
    listAt(rule, 'backendRefs').map((backend, index) => ({
      service: valueAt(backend, ['namespace']) === undefined ? valueAt(backend, ['name']) : undefined,
      port: valueAt(backend, ['port']),
      path: ['spec', 'rules', at, 'backendRefs', index, 'port'],
    })),
  );
}

/** Numbers and names of the ports; undefined where the render does not have the Service. */
function portsOf(service: Json | undefined, namespace: string, context: RenderContext): readonly Json[] | undefined {
  if (typeof service !== 'string') return undefined;
  const [found] = context.find({ groupKind: 'Service', namespace, name: service });
  return (
    found &&
    listAt(found.object, 'spec', 'ports').flatMap((port) =>
      isMap(port) ? [port.name ?? [], port.port ?? []].flat() : [],
    )
  );
}
