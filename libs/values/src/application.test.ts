import { describe, expect, it } from '@jest/globals';
import { createEnvironment, repository, smallChart } from '../test/small-fleet.ts';
import { buildApplication } from './application.ts';
import type { EnvironmentInput } from './define-environment.ts';
import { buildOverlay } from './overlay.ts';
import { valueAt } from './value-path.ts';
import { readYaml } from './yaml-text.ts';

describe('buildApplication', () => {
  it('deploys the chart at its pin into the place of the environment', () => {
    expect(applicationOf({})).toMatchObject({
      metadata: { name: 'task-api-prod', namespace: 'argocd' },
      spec: {
        project: 'task-api',
        source: {
          repoURL: repository.url,
          targetRevision: 'a'.repeat(40),
          path: 'charts/task-api',
          helm: { releaseName: 'task-api' },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-prod' },
      },
    });
  });

  it('carries the overlay, word for word', () => {
    const overlay = buildOverlay(createEnvironment('prod'), smallChart).text;
    expect(overlay.endsWith(`Do not edit.\n${valueAt(applicationOf({}), ['spec', 'source', 'helm', 'values'])}`)).toBe(
      true,
    );
  });

  it('leaves syncing to a person unless it is automated', () => {
    expect(applicationOf({})).toMatchObject({ spec: { syncPolicy: { automated: { prune: true, selfHeal: true } } } });
    const manual = applicationOf({ sync: { automated: false, selfHeal: false } });
    expect(valueAt(manual, ['spec', 'syncPolicy', 'automated'])).toBeUndefined();
  });

  it('leaves the number of pods to the autoscaler while there is one', () => {
    const ignored = [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }];
    expect(applicationOf({})).toMatchObject({ spec: { ignoreDifferences: ignored } });
    const fixed = applicationOf({ values: { autoscaling: { enabled: false } } });
    expect(valueAt(fixed, ['spec', 'ignoreDifferences'])).toBeUndefined();
  });

  it('has no finalizer, so that removing an environment from git removes no database', () => {
    expect(valueAt(applicationOf({}), ['metadata', 'finalizers'])).toBeUndefined();
  });
});

function applicationOf(input: Partial<EnvironmentInput>) {
  const { path, text } = buildApplication(createEnvironment('prod', input), smallChart, repository);
  return readYaml({ file: path, text }).values;
}
