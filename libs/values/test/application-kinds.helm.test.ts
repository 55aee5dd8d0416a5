import { beforeAll, describe, expect, it } from '@jest/globals';
import { findHelm, prepareChart, renderChart } from '@task-api/helm';
import { parseAllDocuments } from 'yaml';
import { applicationKinds, type GroupKind } from '../src/application-kinds.ts';
import { writeYaml } from '../src/write-yaml.ts';
import { repositoryRoot } from './read-chart.ts';

/** Every feature of the chart that adds a kind of object. */
const everything = {
  autoscaling: { enabled: true },
  ingress: { enabled: true, hosts: [{ host: 'task-api.example.com' }] },
  httpRoute: { enabled: true, parentRefs: [{ name: 'gateway' }] },
  metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true }, dashboard: { enabled: true } },
  postgresql: { architecture: 'replication' },
  redis: { architecture: 'replication' },
};

describe('applicationKinds', () => {
  let rendered: readonly GroupKind[];
  beforeAll(async () => {
    const helm = await findHelm();
    const chart = await prepareChart({ root: repositoryRoot, helm, lane: 'mirror' });
    const { manifest } = await renderChart(helm, {
      chart,
      releaseName: 'task-api',
      namespace: 'task-api',
      values: [writeYaml(everything)],
    });
    rendered = parseAllDocuments(manifest).map((document) => groupKindOf(document.toJS()));
  });

  it('are the kinds that the chart renders with every feature on', () => {
    expect(new Set(rendered.map(nameOf))).toEqual(new Set(applicationKinds.map(nameOf)));
  });

  it('are in order', () => {
    const names = applicationKinds.map(nameOf);
    expect(names).toEqual([...names].sort());
  });
});

function groupKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): GroupKind {
  return { group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', kind };
}

function nameOf({ group, kind }: GroupKind): string {
  return `${group}/${kind}`;
}
