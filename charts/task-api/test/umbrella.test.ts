import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PreparedChart } from '@task-api/helm';
import { parseManifests, type RenderedObject } from '@task-api/manifests';
import { stringify } from 'yaml';
import { at } from './support/at.ts';
import { connectionOf } from './support/connection-of.ts';
import { findObject, namesOf } from './support/find-object.ts';
import { chart, manifestOf, type Values } from './support/task-api-chart.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'umbrella-'));
  await cp(chart.directory, join(directory, 'charts/task-api'), { recursive: true });
  const dependencies = [{ name: 'task-api', version: chart.version, condition: 'task-api.enabled' }];
  await writeFile(
    join(directory, 'Chart.yaml'),
    stringify({ apiVersion: 'v2', name: 'shop', version: '1.0.0', dependencies }),
  );
});
afterAll(() => rm(directory, { recursive: true }));

describe('task-api as a dependency of another chart', () => {
  it('takes "enabled" and values of "global" that it does not know', async () => {
    const objects = await renderUmbrella({
      'task-api': { enabled: true },
      global: { region: 'eu', imageRegistry: 'mirror' },
    });
    const pod = at(findObject(objects, 'Deployment', 'shop-task-api'), 'spec', 'template', 'spec');
    expect(at(pod, 'containers', 0, 'image')).toBe('mirror/task-api/agent:0.1.0');
  });

  it('connects to the dependencies of its own release', async () => {
    const objects = await renderUmbrella({});
    expect(connectionOf(objects)).toEqual({
      database: 'postgresql://agent@shop-postgresql:5432/agent',
      redis: 'redis://shop-redis-master:6379/0',
    });
    expect(namesOf(objects, 'Service')).toEqual(expect.arrayContaining(['shop-postgresql', 'shop-redis-master']));
    expect(namesOf(objects, 'Secret')).toEqual(['shop-task-api-connection']);
  });

  it('still guards its values', async () => {
    const values = { 'task-api': { credentials: { existingSecret: 'vault' } } };
    await expect(renderUmbrella(values)).rejects.toThrow(/\[credentials-shared-name\]/);
    await expect(renderUmbrella({ 'task-api': { replicaCuont: 3 } })).rejects.toThrow(/replicaCuont/);
  });

  it('is left out when it is disabled', async () => {
    expect(await renderUmbrella({ 'task-api': { enabled: false } })).toEqual([]);
  });
});

async function renderUmbrella(values: Values): Promise<readonly RenderedObject[]> {
  const umbrella: PreparedChart = { ...chart, directory, digest: `${chart.digest}-umbrella` };
  return parseManifests(await manifestOf(umbrella, values, { release: 'shop' }));
}
