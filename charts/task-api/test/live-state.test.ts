import { describe, expect, it } from '@jest/globals';
import { askWithLiveState, type LiveStatefulSet } from './support/live-cluster.ts';
import { renderOwn } from './support/task-api-chart.ts';

const standalone: LiveStatefulSet = { name: 'task-api-postgresql', instance: 'task-api', storage: '20Gi' };
const primary: LiveStatefulSet = { ...standalone, name: 'task-api-postgresql-primary' };
const refusal = 'do not fit together';

describe('guard postgresql-architecture-change', () => {
  it('refuses to leave a live database behind', async () => {
    const answer = await askWithLiveState({ postgresql: { architecture: 'replication' } }, [standalone]);
    expect(answer).toContain(
      'postgresql.architecture is "replication", but StatefulSet "task-api-postgresql" of this release runs as standalone: the change would start "task-api-postgresql-primary" on an empty volume',
    );
    expect(answer).toContain('[postgresql-architecture-change]');
  });

  it('refuses the way back too', async () => {
    expect(await askWithLiveState({}, [primary])).toContain('Set postgresql.architecture to "replication"');
  });

  it('accepts the architecture that runs', async () => {
    expect(await askWithLiveState({}, [standalone])).not.toContain(refusal);
    expect(await askWithLiveState({ postgresql: { architecture: 'replication' } }, [primary])).not.toContain(refusal);
  });

  it('accepts a StatefulSet of that name that belongs to another release', async () => {
    expect(await askWithLiveState({}, [{ ...primary, instance: 'task-api-postgresql-primary' }])).not.toContain(
      refusal,
    );
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
    const answer = await askWithLiveState(values, [live]);
    expect(answer).toContain(`${path} is `);
    expect(answer).toContain('was created with "20Gi", and a volume cannot shrink. Set it to "20Gi"');
  });

  it('refuses to grow, which the API server would', async () => {
    const answer = await askWithLiveState({ postgresql: { primary: { persistence: { size: '50Gi' } } } }, [standalone]);
    expect(answer).toContain(
      'postgresql.primary.persistence.size is "50Gi", but StatefulSet "task-api-postgresql" was created with "20Gi", and the API server refuses the change',
    );
  });

  it('accepts the same size in another unit', async () => {
    expect(
      await askWithLiveState({ postgresql: { primary: { persistence: { size: '20480Mi' } } } }, [standalone]),
    ).not.toContain(refusal);
  });
});

describe('without a cluster', () => {
  it('the guards that read live state are silent', async () => {
    await expect(renderOwn({ postgresql: { architecture: 'replication' } })).resolves.not.toHaveLength(0);
  });
});
