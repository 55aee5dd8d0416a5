import { applicationKinds } from './application-kinds.ts';
import type { Environment } from './environment.ts';
import { argocd, argocdSources, type Repository } from './repository.ts';
import type { GeneratedFile } from './source-text.ts';
import { writeYaml } from './write-yaml.ts';
import { bannerFrom } from './yaml-text.ts';

/** `argocd/project.yaml`: all that the environments' Applications may touch. */
export function buildProject(environments: readonly Environment[], repository: Repository): GeneratedFile {
  const banner = bannerFrom(`${argocdSources.environments} and ${argocdSources.repository}`);
  return { path: 'argocd/project.yaml', text: banner + writeYaml(describeProject(environments, repository)) };
}

function describeProject(environments: readonly Environment[], repository: Repository): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: argocd.project,
      namespace: argocd.namespace,
      // Before the Applications that belong to it.
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
    },
    spec: {
      description: 'The environments of task-api: this repository, their namespaces, the kinds of the chart',
      sourceRepos: [repository.url],
      destinations: destinationsOf(environments),
      // CreateNamespace=true is a sync of a Namespace like any other.
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
      namespaceResourceWhitelist: applicationKinds,
      orphanedResources: { warn: false },
    },
  };
}

function destinationsOf(environments: readonly Environment[]): readonly object[] {
  const destinations = environments.map(({ input: { destination } }) => destination);
  const keyOf = ({ server, namespace }: (typeof destinations)[number]) => `${server} ${namespace}`;
  const distinct = new Map(destinations.map((destination) => [keyOf(destination), destination]));
  return [...distinct.keys()].sort().map((key) => {
    const [server, namespace] = key.split(' ');
    return { server, namespace };
  });
}
