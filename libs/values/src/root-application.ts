import { argocd, argocdSources, type Repository } from './repository.ts';
import type { GeneratedFile } from './source-text.ts';
import { writeYaml } from './write-yaml.ts';
import { bannerFrom } from './yaml-text.ts';

/**
 * `argocd/root.yaml`: what is applied once by hand. An Application that brings project.yaml and the
 * environments' Applications from the default branch, and the AppProject that lets it do so and no more.
 */
export function buildRootApplication(repository: Repository): GeneratedFile {
  const documents = [describeRootProject(repository), describeRootApplication(repository)];
  return {
    path: 'argocd/root.yaml',
    text: bannerFrom(argocdSources.repository) + documents.map(writeYaml).join('---\n'),
  };
}

function describeRootProject(repository: Repository): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: argocd.root, namespace: argocd.namespace },
    spec: {
      description: 'What argocd/ of the default branch may bring: Applications and their AppProject',
      sourceRepos: [repository.url],
      destinations: [{ server: argocd.server, namespace: argocd.namespace }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [
        { group: 'argoproj.io', kind: 'Application' },
        { group: 'argoproj.io', kind: 'AppProject' },
      ],
    },
  };
}

function describeRootApplication(repository: Repository): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: argocd.root, namespace: argocd.namespace },
    spec: {
      project: argocd.root,
      source: {
        repoURL: repository.url,
        targetRevision: repository.defaultBranch,
        path: 'argocd',
        directory: { recurse: true, include: '{project.yaml,applications/*.yaml}' },
      },
      destination: { server: argocd.server, namespace: argocd.namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['ApplyOutOfSyncOnly=true', 'PruneLast=true', 'ServerSideApply=true'],
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      },
    },
  };
}
