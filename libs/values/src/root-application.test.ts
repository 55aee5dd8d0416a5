import { describe, expect, it } from '@jest/globals';
import { repository } from '../test/small-fleet.ts';
import { buildRootApplication } from './root-application.ts';
import { readYaml } from './yaml-text.ts';

describe('buildRootApplication', () => {
  const { path, text } = buildRootApplication(repository);
  const [project, application] = text.split('---\n').map((document) => readYaml({ file: path, text: document }).values);

  it('brings the AppProject and the Applications of the default branch', () => {
    expect(application).toMatchObject({
      kind: 'Application',
      spec: {
        source: {
          repoURL: repository.url,
          targetRevision: 'main',
          path: 'argocd',
          directory: { include: '{project.yaml,applications/*.yaml}' },
        },
      },
    });
  });

  it('may bring nothing else', () => {
    expect(project).toMatchObject({
      kind: 'AppProject',
      spec: {
        sourceRepos: [repository.url],
        destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'argocd' }],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [
          { group: 'argoproj.io', kind: 'Application' },
          { group: 'argoproj.io', kind: 'AppProject' },
        ],
      },
    });
  });
});
