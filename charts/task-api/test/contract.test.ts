import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { agentContract } from '@task-api/contract';
import { podsOf } from '@task-api/manifests';
import { parse } from 'yaml';
import { at, listAt } from './support/at.ts';
import { everyFeature } from './support/every-feature.ts';
import { findObject } from './support/find-object.ts';
import { chartDirectory, renderOwn, root } from './support/task-api-chart.ts';

const objects = renderOwn({ ...everyFeature, extraEnv: [] });

describe('the chart’s appVersion', () => {
  it('is the version of this repository, which the agent reports as its own', () => {
    const { appVersion } = parse(readFileSync(join(chartDirectory, 'Chart.yaml'), 'utf8'));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(appVersion).toBe(version);
  });
});

describe('the agent’s contract', () => {
  it('is what the templates read', () => {
    const { $comment, ...contract } = JSON.parse(readFileSync(join(chartDirectory, 'contract.gen.json'), 'utf8'));
    expect($comment).toContain('Do not edit');
    expect(contract).toEqual(agentContract);
  });

  it('knows every variable that a pod of the chart gets, and every variable is set somewhere', async () => {
    const config = Object.keys(at(findObject(await objects, 'ConfigMap', 'task-api-config'), 'data') ?? {});
    const containers = podsOf(await objects).flatMap(({ spec }) => [
      ...listAt(spec, 'initContainers'),
      ...listAt(spec, 'containers'),
    ]);
    const variables = containers.flatMap((container) =>
      listAt(container, 'env').map((entry) => String(at(entry, 'name'))),
    );
    expect(new Set([...config, ...variables])).toEqual(new Set(Object.keys(agentContract.environment)));
  });

  it('has the defaults that the chart’s values have', async () => {
    const config = at(findObject(await renderOwn(), 'ConfigMap', 'task-api-config'), 'data') ?? {};
    for (const [name, value] of Object.entries(config)) {
      expect([name, value]).toEqual([name, defaultOf(name)]);
    }
  });

  it('is run by the user that the image is built for', () => {
    const values = parse(readFileSync(join(chartDirectory, 'values.yaml'), 'utf8'));
    expect(values.podSecurityContext).toMatchObject({
      runAsUser: agentContract.user.uid,
      runAsGroup: agentContract.user.gid,
    });
  });
});

describe('Chart.yaml', () => {
  it('has the repository’s URL as home page', () => {
    const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { home, sources } = parse(readFileSync(join(chartDirectory, 'Chart.yaml'), 'utf8'));
    expect(home).toBe(repository.url.replace(/\.git$/, ''));
    expect(sources).toEqual([home]);
  });
});

function defaultOf(name: string): string | undefined {
  const entries: Readonly<Record<string, { readonly meaning: string; readonly default?: string }>> =
    agentContract.environment;
  return entries[name]?.default;
}
