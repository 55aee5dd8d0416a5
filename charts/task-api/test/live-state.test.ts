import { describe, expect, it } from '@jest/globals';
import { askWithLiveState, type LiveAgent, type LiveStatefulSet } from './support/live-cluster.ts';
import { renderOwn } from './support/task-api-chart.ts';

const standalone: LiveStatefulSet = { name: 'task-api-postgresql', instance: 'task-api', storage: '20Gi' };
const primary: LiveStatefulSet = { ...standalone, name: 'task-api-postgresql-primary' };
const refusal = 'do not fit together';

describe('guard postgresql-architecture-change', () => {
  it('refuses to leave a live database behind', async () => {
    const answer = await askWithLiveState(
      { postgresql: { architecture: 'replication' } },
      { statefulSets: [standalone] },
    );
    expect(answer).toContain(
      'postgresql.architecture is "replication", but StatefulSet "task-api-postgresql" of this release runs as standalone: the change would start "task-api-postgresql-primary" on an empty volume',
    );
    expect(answer).toContain('[postgresql-architecture-change]');
  });

  it('refuses the way back too', async () => {
    expect(await askWithLiveState({}, { statefulSets: [primary] })).toContain(
      'Set postgresql.architecture to "replication"',
    );
  });

  it('accepts the architecture that runs', async () => {
    expect(await askWithLiveState({}, { statefulSets: [standalone] })).not.toContain(refusal);
    expect(
      await askWithLiveState({ postgresql: { architecture: 'replication' } }, { statefulSets: [primary] }),
    ).not.toContain(refusal);
  });

  it('accepts a StatefulSet of that name that belongs to another release', async () => {
    expect(
      await askWithLiveState({}, { statefulSets: [{ ...primary, instance: 'task-api-postgresql-primary' }] }),
    ).not.toContain(refusal);
  });
});

describe('guard volume-size-change', () => {
  it.each([
    ['postgresql.primary.persistence.size', { postgresql: { primary: { persistence: { size: '10Gi' } } } }, standalone],
    [
      'redis.master.persistence.size',
      { redis: { master: { persistence: { size: '4Gi' } } } },
      { ...standalone, name: 'task-api-redis-master' },
    ],
  ])('refuses to shrink %s', async (path, values, live) => {
    const answer = await askWithLiveState(values, { statefulSets: [live] });
    expect(answer).toContain(`${path} is `);
    expect(answer).toContain('was created with "20Gi", and a volume cannot shrink. Set it to "20Gi"');
  });

  it('refuses to grow, which the API server would', async () => {
    const answer = await askWithLiveState(
      { postgresql: { primary: { persistence: { size: '50Gi' } } } },
      { statefulSets: [standalone] },
    );
    expect(answer).toContain(
      'postgresql.primary.persistence.size is "50Gi", but StatefulSet "task-api-postgresql" was created with "20Gi", and the API server refuses the change',
    );
  });

  it('accepts the same size in another unit', async () => {
    expect(
      await askWithLiveState(
        { postgresql: { primary: { persistence: { size: '20480Mi' } } } },
        { statefulSets: [standalone] },
      ),
    ).not.toContain(refusal);
  });
});

describe('guard postgresql-name-change', () => {
  const own: LiveStatefulSet = { ...standalone, secret: 'task-api-credentials' };

  it('refuses another name, under which the database would be empty', async () => {
    const answer = await askWithLiveState({ postgresql: { fullnameOverride: 'db' } }, { statefulSets: [own] });
    expect(answer).toContain(
      'runs as StatefulSet "task-api-postgresql", but postgresql.fullnameOverride or postgresql.nameOverride would call it "db", which would start on an empty volume',
    );
    expect(answer).toContain('[postgresql-name-change]');
  });

  it('accepts another value that leads to the same name', async () => {
    const values = { postgresql: { fullnameOverride: 'task-api-postgresql' } };
    expect(await askWithLiveState(values, { statefulSets: [own] })).not.toContain(refusal);
  });

  it('accepts another PostgreSQL of the release, with passwords of its own', async () => {
    const other = { ...own, name: 'task-api-warehouse', secret: 'warehouse' };
    expect(await askWithLiveState({}, { statefulSets: [own, other] })).not.toContain(refusal);
  });
});

describe('guard agent-name-change', () => {
  const own: LiveAgent = { name: 'task-api', instance: 'task-api', selected: 'task-api' };

  it.each([
    ['nameOverride, which is part of the selector', { nameOverride: 'api' }, '"task-api" and "api"'],
    ['fullnameOverride', { fullnameOverride: 'agents' }, '"agents" and "task-api"'],
  ])('refuses another %s', async (_, values, wanted) => {
    const answer = await askWithLiveState(values, { agents: [own] });
    expect(answer).toContain(`would make them ${wanted}: names and selectors cannot change on a live release`);
    expect(answer).toContain('[agent-name-change]');
  });

  it('accepts the names that it runs with, and those of other releases', async () => {
    const other = { name: 'other-task-api', instance: 'other', selected: 'task-api' };
    expect(await askWithLiveState({}, { agents: [own, other] })).not.toContain(refusal);
    const renamed = { ...own, selected: 'api' };
    expect(await askWithLiveState({ nameOverride: 'api' }, { agents: [renamed] })).not.toContain(refusal);
  });
});

describe('without a cluster', () => {
  it('the guards that read live state are silent', async () => {
    await expect(renderOwn({ postgresql: { architecture: 'replication' } })).resolves.not.toHaveLength(0);
  });
});

describe('the hook that makes the credentials', () => {
  const hook = 'name: task-api-credentials-init';

  it('is part of a release without its Secret', async () => {
    expect(await askWithLiveState({}, { secrets: ['another'] })).toContain(hook);
  });

  it('is left out once the Secret is there, so that an upgrade does not wait for it', async () => {
    const manifests = await askWithLiveState({}, { secrets: ['task-api-credentials'] });
    expect(manifests).toContain('name: task-api-migrate');
    expect(manifests).not.toContain(hook);
  });
});
