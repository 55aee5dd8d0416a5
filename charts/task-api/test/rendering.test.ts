import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findHelm, lintChart, renderChart } from '@task-api/helm';
import {
  canonicalQuantity,
  differingObjects,
  isQuantity,
  kubernetesVersions,
  parseManifests,
  validateObjects,
} from '@task-api/manifests';
import { stringify } from 'yaml';
import { everyFeature } from './support/every-feature.ts';
import { chart, helm, renderRelease } from './support/task-api-chart.ts';

const everything = stringify(everyFeature, { version: '1.1' });

describe('two renders', () => {
  it('are byte for byte the same', async () => {
    const renders = await Promise.all(['one', 'other'].map(renderFresh));
    expect(renders[0]).toBe(renders[1]);
  });

  it('have the same objects under Helm 3 and Helm 4', async () => {
    const other = await findHelm({ major: helm.major === 3 ? 4 : 3 });
    const [own, others] = await Promise.all([
      renderRelease(everyFeature),
      renderRelease(everyFeature, { helm: other }),
    ]);
    expect(own.map(({ object }) => object)).toEqual(expect.arrayContaining(others.map(({ object }) => object)));
    expect(differingObjects(own, others)).toEqual([]);
  });

  async function renderFresh(name: string): Promise<string> {
    const cacheDirectory = join(tmpdir(), `task-api-renders-${process.pid}-${name}`);
    const request = { chart, releaseName: 'task-api', namespace: 'agents', values: [everything], cacheDirectory };
    const { manifest } = await renderChart(helm, request);
    await rm(cacheDirectory, { recursive: true });
    return manifest;
  }
});

describe('helm lint --strict', () => {
  it.each([
    ['the defaults', '{}'],
    ['every feature', everything],
  ])('accepts %s', async (_name, values) => {
    await expect(lintChart(helm, { chart, values: [values], strict: true })).resolves.toContain('0 chart(s) failed');
  });
});

describe('the objects', () => {
  it.each(kubernetesVersions)('are valid for Kubernetes %s', async (kubernetesVersion) => {
    const findings = validateObjects(await renderRelease(everyFeature), { kubernetesVersion, namespace: 'agents' });
    expect(findings).toEqual([]);
  });

  it('write quantities as the API server does, so that Argo CD sees no difference', async () => {
    const objects = parseManifests(
      (await renderChart(helm, { chart, releaseName: 'task-api', namespace: 'agents', values: [everything] })).manifest,
    );
    const quantities = objects.flatMap(({ object }) => quantitiesOf(object));
    expect(quantities).not.toHaveLength(0);
    expect(quantities.filter((quantity) => !isQuantity(quantity) || canonicalQuantity(quantity) !== quantity)).toEqual(
      [],
    );
  });
});

/** Everything below `requests` and `limits`. */
function quantitiesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'requests' || key === 'limits' ? Object.values(child ?? {}).map(String) : quantitiesOf(child),
  );
}
