import { describe, expect, it } from '@jest/globals';
import { agentContract } from '@task-api/contract';
import { annotationsOf, identityOf, nameOf, type Phase, planArgoSync, planHelm } from '@task-api/manifests';
import { at } from './support/at.ts';
import { findObject } from './support/find-object.ts';
import { renderOwn, renderRelease } from './support/task-api-chart.ts';

const released = renderRelease();
const upgraded = renderRelease({}, { isUpgrade: true });

describe('migration hook', () => {
  it('is one Job for Helm and Argo CD', async () => {
    const job = findObject(await released, 'Job', 'task-api-migrate');
    expect(annotationsOf(job)).toEqual({
      'helm.sh/hook': 'post-install,pre-upgrade',
      'helm.sh/hook-weight': '-5',
      'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
      'helm.sh/hook-output-log-policy': 'hook-failed',
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/sync-wave': '-1',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    });
    expect(at(job, 'spec', 'backoffLimit')).toBe(3);
    expect(at(job, 'spec', 'activeDeadlineSeconds')).toBe(280);
    expect(at(job, 'spec', 'template', 'spec', 'restartPolicy')).toBe('Never');
  });

  it('fails at once when it is refused, and is not blamed for a node that is drained', async () => {
    const job = findObject(await released, 'Job', 'task-api-migrate');
    const container = at(job, 'spec', 'template', 'spec', 'containers', 0, 'name');
    const values = [agentContract.exitCodes.migrationRefused];
    expect(at(job, 'spec', 'podFailurePolicy', 'rules')).toEqual([
      { action: 'FailJob', onExitCodes: { containerName: container, operator: 'In', values } },
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ]);
  });

  it('keeps its annotations whatever the user adds', async () => {
    const values = {
      commonAnnotations: { 'helm.sh/hook': 'x' },
      migrations: { annotations: { 'helm.sh/hook-weight': '9', a: 'b' } },
    };
    const annotations = annotationsOf(findObject(await renderOwn(values), 'Job', 'task-api-migrate'));
    expect(annotations).toMatchObject({
      'helm.sh/hook': 'post-install,pre-upgrade',
      'helm.sh/hook-weight': '-5',
      a: 'b',
    });
  });

  it('reads nothing that an upgrade creates: only the long-lived credentials Secret', async () => {
    const job = findObject(await released, 'Job', 'task-api-migrate');
    const text = JSON.stringify(at(job, 'spec', 'template', 'spec'));
    expect(text).not.toMatch(/configMapRef|configMapKeyRef|task-api-connection/);
    expect(text).toContain('task-api-credentials');
    expect(at(job, 'spec', 'template', 'spec', 'serviceAccountName')).toBe('default');
  });

  it('runs the same container as the agent’s init container', async () => {
    const objects = await released;
    const own = at(findObject(objects, 'Job', 'task-api-migrate'), 'spec', 'template', 'spec', 'containers', 0);
    const init = at(findObject(objects, 'Deployment', 'task-api'), 'spec', 'template', 'spec', 'initContainers', 0);
    expect(init).toEqual(own);
    expect(at(own, 'args')).toEqual(['migrate', 'up', '--wait-for-db']);
  });

  it('disappears with migrations.enabled, and so does the init container', async () => {
    const objects = await renderOwn({ migrations: { enabled: false } });
    expect(objects.map(({ object }) => nameOf(object))).not.toContain('task-api-migrate');
    expect(
      at(findObject(objects, 'Deployment', 'task-api'), 'spec', 'template', 'spec', 'initContainers'),
    ).toBeUndefined();
  });
});

describe('order under Helm', () => {
  it('installs credentials, then everything, then migrates', async () => {
    expect(names(planHelm(await released, 'install'))).toEqual([
      ['pre-install -20', 'task-api-credentials-init'],
      ['pre-install -10', 'task-api-credentials-init'],
      ['install 0', expect.stringContaining('task-api')],
      ['post-install -5', 'task-api-migrate'],
    ]);
  });

  it('upgrades credentials, then migrates, then changes objects', async () => {
    const phases = planHelm(await upgraded, 'upgrade').map(({ name, wave }) => `${name} ${wave}`);
    expect(phases).toEqual(['pre-upgrade -20', 'pre-upgrade -10', 'pre-upgrade -5', 'upgrade 0']);
  });

  it('never has a plain Job, which would break rollbacks', async () => {
    for (const objects of [await released, await upgraded]) {
      const jobs = objects.filter(({ object }) => object.kind === 'Job');
      expect(jobs.filter(({ object }) => annotationsOf(object)['helm.sh/hook'] === undefined)).toEqual([]);
    }
  });

  it('has the same objects on an install and on an upgrade', async () => {
    const identities = [await released, await upgraded].map((objects) =>
      objects.map(({ object }) => identityOf(object)),
    );
    expect(identities[0]).toEqual(identities[1]);
  });
});

describe('order under Argo CD', () => {
  it('goes from credentials over policies, databases and the migration to the agent', async () => {
    const phases = planArgoSync(await released);
    const waveOf = (kind: string, name: string) =>
      phases.flatMap(({ name: phase, wave, objects }) =>
        objects.filter(({ object }) => object.kind === kind && nameOf(object) === name).map(() => `${phase} ${wave}`),
      );
    expect(waveOf('Job', 'task-api-credentials-init')).toEqual(['PreSync -10']);
    expect(waveOf('NetworkPolicy', 'task-api-agent')).toEqual(['Sync -3']);
    expect(waveOf('Secret', 'task-api-connection')).toEqual(['Sync -3']);
    expect(waveOf('StatefulSet', 'task-api-postgresql')).toEqual(['Sync -2']);
    expect(waveOf('StatefulSet', 'task-api-redis-master')).toEqual(['Sync -2']);
    expect(waveOf('Job', 'task-api-migrate')).toEqual(['Sync -1']);
    expect(waveOf('Deployment', 'task-api')).toEqual(['Sync 0']);
    expect(waveOf('Pod', 'task-api-test-connection')).toEqual([]);
  });

  it('puts no object of the agent behind wave 0, where its health would block the sync', async () => {
    const waves = planArgoSync(await released).map(({ wave }) => wave);
    expect(Math.max(...waves)).toBe(0);
  });

  it('runs the test after the sync when asked to', async () => {
    const phases = planArgoSync(await renderOwn({ tests: { argocd: { postSync: true } } }));
    expect(names(phases).at(-1)).toEqual(['PostSync 0', 'task-api-test-connection']);
  });
});

describe('test hook', () => {
  it('is one container that stays readable after it has succeeded', async () => {
    const pod = findObject(await released, 'Pod', 'task-api-test-connection');
    expect(annotationsOf(pod)).toEqual({
      'helm.sh/hook': 'test',
      'helm.sh/hook-delete-policy': 'before-hook-creation',
    });
    expect(at(pod, 'spec', 'containers')).toHaveLength(1);
    expect(at(pod, 'spec', 'containers', 0, 'args')).toEqual(['check']);
  });

  it('is told where the agent, PostgreSQL and Redis are', async () => {
    const pod = findObject(await released, 'Pod', 'task-api-test-connection');
    expect(at(pod, 'spec', 'containers', 0, 'env')).toEqual(
      expect.arrayContaining([
        { name: 'AGENT_URL', value: 'http://task-api:8000' },
        { name: 'DATABASE_URL', value: 'postgresql://agent@task-api-postgresql:5432/agent' },
        { name: 'REDIS_URL', value: 'redis://task-api-redis-master:6379/0' },
      ]),
    );
  });
});

function names(phases: readonly Phase[]): readonly (readonly string[])[] {
  return phases.map(({ name, wave, objects }) => [
    `${name} ${wave}`,
    [...new Set(objects.map(({ object }) => nameOf(object)))].join(' '),
  ]);
}
