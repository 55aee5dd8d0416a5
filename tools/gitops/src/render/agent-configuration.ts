import {
  type KubernetesObject,
  labelsOf,
  listAt,
  nameOf,
  type RenderedObject,
  textAt,
  textMapAt,
} from '@task-api/manifests';

/** The variables that the agent's containers take from ConfigMaps, as the chart renders them. */
export function agentConfiguration(objects: readonly RenderedObject[]): Readonly<Record<string, string>> {
  const rendered = objects.map(({ object }) => object);
  const names = rendered.filter(isAgent).flatMap(configMapsOf);
  const configMaps = rendered.filter((object) => object.kind === 'ConfigMap' && names.includes(nameOf(object)));
  return Object.assign({}, ...configMaps.map((configMap) => textMapAt(configMap, 'data')));
}

function isAgent(object: KubernetesObject): boolean {
  return object.kind === 'Deployment' && labelsOf(object)['app.kubernetes.io/component'] === 'agent';
}

function configMapsOf(deployment: KubernetesObject): readonly string[] {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers');
  const sources = containers.flatMap((container) => listAt(container, 'envFrom'));
  return sources.flatMap((source) => textAt(source, 'configMapRef', 'name') ?? []);
}
