import type { ChartDefaults } from './chart-defaults.ts';
import type { SyncInput } from './define-environment.ts';
import type { Environment } from './environment.ts';
import { environmentValues, overlayText } from './overlay.ts';
import { argocd, type Repository } from './repository.ts';
import type { GeneratedFile } from './source-text.ts';
import { valueAt } from './value-path.ts';
import { writeYaml } from './write-yaml.ts';
import { bannerFrom } from './yaml-text.ts';

/**
 * `argocd/applications/<name>.yaml`: the chart at its revision with the overlay as inline values. One
 * source, because Argo CD refuses two sources that are different commits of one repository.
 *
 * It has no finalizer: an environment that disappears from git leaves its databases running, and ending
 * them takes a person.
 */
export function buildApplication(
  environment: Environment,
  chart: ChartDefaults,
  repository: Repository,
): GeneratedFile {
  const { name } = environment;
  const banner = bannerFrom(`environments/${name}/values.yaml and environments/${name}/release.yaml`);
  return {
    path: `argocd/applications/${name}.yaml`,
    text: banner + writeYaml(describeApplication(environment, chart, repository)),
  };
}

function describeApplication(environment: Environment, chart: ChartDefaults, repository: Repository): object {
  const { name, input } = environment;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `task-api-${name}`, namespace: argocd.namespace, labels: labelsOf(environment), annotations },
    spec: {
      project: argocd.project,
      source: describeSource(environment, chart, repository),
      destination: { server: input.destination.server, namespace: input.destination.namespace },
      syncPolicy: describeSyncPolicy(input.sync),
      ...describeIgnored(environment, chart),
      revisionHistoryLimit: 10,
    },
  };
}

const annotations = {
  // A commit that leaves the chart alone needs no new render; the values travel in the Application itself.
  'argocd.argoproj.io/manifest-generate-paths': '.',
  // Otherwise server-side apply shows the volume claims of Bitnami's StatefulSets as changed for ever.
  'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
};

function labelsOf({ name, input }: Environment): object {
  return {
    'app.kubernetes.io/name': 'task-api',
    'app.kubernetes.io/part-of': 'task-api',
    'task-api/environment': name,
    'task-api/tier': input.tier,
  };
}

function describeSource(environment: Environment, chart: ChartDefaults, repository: Repository): object {
  return {
    repoURL: repository.url,
    targetRevision: environment.release.chart.revision,
    path: 'charts/task-api',
    helm: { releaseName: 'task-api', values: overlayText(environment, chart) },
  };
}

function describeSyncPolicy({ automated, selfHeal, prune = true }: SyncInput): object {
  return {
    ...(automated ? { automated: { prune, selfHeal } } : {}),
    managedNamespaceMetadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    syncOptions: [
      'CreateNamespace=true',
      'ApplyOutOfSyncOnly=true',
      'PruneLast=true',
      'RespectIgnoreDifferences=true',
      'ServerSideApply=true',
    ],
    retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
  };
}

/** The HorizontalPodAutoscaler decides the number of pods; a sync must not set it back. */
function describeIgnored(environment: Environment, chart: ChartDefaults): object {
  const isAutoscaled = valueAt(environmentValues(environment, chart), ['autoscaling', 'enabled']) === true;
  if (!isAutoscaled) return {};
  return { ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] };
}
