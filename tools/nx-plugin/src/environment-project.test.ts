import { describe, expect, it } from '@jest/globals';
import { environmentProject } from './environment-project.ts';

const floating = environmentProject({ name: 'dev', root: 'environments/dev', mode: 'floating' });
const pinned = environmentProject({ name: 'prod', root: 'environments/prod', mode: 'pinned' });

describe('environmentProject', () => {
  it('is named for the folder', () => {
    expect(floating.name).toBe('env-dev');
  });

  it('depends on the chart while it floats', () => {
    expect(floating.implicitDependencies).toEqual(['gitops', 'values', 'chart-task-api']);
  });

  it('does not depend on the chart while it is pinned', () => {
    expect(pinned.implicitDependencies).toEqual(['gitops', 'values']);
  });

  it('checks its own Application, which lies in another folder', () => {
    expect(pinned.targets?.check).toMatchObject({
      command: 'node tools/gitops/src/main.ts check prod',
      cache: true,
      inputs: expect.arrayContaining(['{workspaceRoot}/argocd/applications/prod.yaml']),
    });
  });

  it('never caches what writes into the work tree', () => {
    expect(pinned.targets?.generate?.cache).toBe(false);
  });

  it('describes every target with a command to learn more', () => {
    for (const target of Object.values(pinned.targets ?? {})) {
      expect(target.metadata).toMatchObject({
        description: expect.stringMatching(/\.$/),
        help: { command: expect.any(String) },
      });
    }
  });
});
