import { describe, expect, it } from '@jest/globals';
import { createEnvironment, repository } from '../test/small-fleet.ts';
import { applicationKinds } from './application-kinds.ts';
import { buildProject } from './project.ts';
import { readYaml } from './yaml-text.ts';

describe('buildProject', () => {
  const { path, text } = buildProject([createEnvironment('prod'), createEnvironment('dev')], repository);
  const { values } = readYaml({ file: path, text });

  it('allows this repository, the namespaces of the environments and the kinds of the chart', () => {
    expect(values).toMatchObject({
      kind: 'AppProject',
      spec: {
        sourceRepos: [repository.url],
        destinations: [
          { server: 'https://kubernetes.default.svc', namespace: 'task-api-dev' },
          { server: 'https://kubernetes.default.svc', namespace: 'task-api-prod' },
        ],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
        namespaceResourceWhitelist: applicationKinds,
      },
    });
  });

  it('holds no wildcard', () => {
    expect(JSON.stringify(values)).not.toContain('*');
  });
});
