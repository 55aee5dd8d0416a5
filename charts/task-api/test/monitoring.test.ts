import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { agentContract } from '@task-api/contract';
import type { Json } from '@task-api/manifests';
import { at, listAt } from './support/at.ts';
import { findObject } from './support/find-object.ts';
import { chartDirectory, renderOwn } from './support/task-api-chart.ts';

const monitored = renderOwn({
  metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true }, dashboard: { enabled: true } },
});
const dashboardText = readFileSync(join(chartDirectory, 'files/dashboard.json'), 'utf8');

/** Series that Prometheus, the kubelet, kube-state-metrics and the client library provide. */
const otherSeries = [
  'up',
  'kube_job_status_failed',
  'kube_pod_container_status_restarts_total',
  'kube_pod_status_reason',
  'kubelet_volume_stats_available_bytes',
  'kubelet_volume_stats_capacity_bytes',
  'process_resident_memory_bytes',
  'process_cpu_seconds_total',
];

describe('ServiceMonitor', () => {
  it('scrapes the metrics path of the agent’s Service', async () => {
    const monitor = findObject(await monitored, 'ServiceMonitor', 'task-api');
    expect(at(monitor, 'spec', 'endpoints', 0)).toEqual({
      port: 'http',
      path: '/metrics',
      interval: '30s',
      scrapeTimeout: '10s',
      honorLabels: false,
    });
    expect(at(monitor, 'spec', 'selector', 'matchLabels')).toEqual(
      at(findObject(await monitored, 'Service', 'task-api'), 'spec', 'selector'),
    );
    expect(at(monitor, 'spec', 'namespaceSelector', 'matchNames')).toEqual(['agents']);
  });
});

describe('alerts', () => {
  it('say how bad it is, what happened, and where the runbook is', async () => {
    for (const alert of await alerts()) {
      const name = String(at(alert, 'alert'));
      expect(['critical', 'warning']).toContain(at(alert, 'labels', 'severity'));
      expect(at(alert, 'annotations')).toEqual({
        summary: expect.any(String),
        description: expect.any(String),
        runbook_url: `${homePage()}/blob/main/docs/runbooks/${kebab(name.replace('TaskApi', ''))}.md`,
      });
    }
  });

  it('are about this release only', async () => {
    for (const alert of await alerts()) {
      expect(at(alert, 'expr')).toContain('namespace="agents"');
      expect(at(alert, 'expr')).toMatch(/task-api/);
    }
  });

  it('name series that somebody provides', async () => {
    const names = (await alerts()).flatMap((alert) => seriesIn(String(at(alert, 'expr'))));
    expect(names.filter((name) => !isProvided(name))).toEqual([]);
  });

  it('find their runbooks where the user keeps them', async () => {
    const values = { metrics: { prometheusRule: { enabled: true, runbookBaseUrl: 'https://wiki.example.com/' } } };
    const rule = findObject(await renderOwn(values), 'PrometheusRule', 'task-api');
    expect(at(rule, 'spec', 'groups', 0, 'rules', 0, 'annotations', 'runbook_url')).toBe(
      'https://wiki.example.com/agent-down.md',
    );
  });

  async function alerts(): Promise<readonly Json[]> {
    const rules = listAt(findObject(await monitored, 'PrometheusRule', 'task-api'), 'spec', 'groups', 0, 'rules');
    expect(rules).toHaveLength(12);
    return rules;
  }
});

describe('dashboard', () => {
  it('arrives in its ConfigMap unchanged', async () => {
    const map = findObject(await monitored, 'ConfigMap', 'task-api-dashboard');
    expect(at(map, 'metadata', 'labels', 'grafana_dashboard')).toBe('1');
    expect(JSON.parse(String(at(map, 'data', 'task-api.json')))).toEqual(JSON.parse(dashboardText));
  });

  it('asks for series that somebody provides, in the chosen namespace and release', () => {
    const expressions = JSON.parse(dashboardText)
      .panels.flatMap((panel: { readonly targets?: readonly { readonly expr: string }[] }) => panel.targets ?? [])
      .map(({ expr }: { readonly expr: string }) => expr);
    expect(expressions.flatMap(seriesIn).filter((name: string) => !isProvided(name))).toEqual([]);
    for (const expression of expressions) expect(expression).toContain('namespace="$namespace", job="$job"');
  });
});

function seriesIn(expression: string): readonly string[] {
  return expression.match(/\b(?:task_api|kube|kubelet|process)_\w+|\bup(?=\{)/g) ?? [];
}

function isProvided(series: string): boolean {
  const name = series.replace(/_(bucket|sum|count)$/, '');
  return name in agentContract.metrics || otherSeries.includes(series);
}

function kebab(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

function homePage(): string {
  return /^home: (.+)$/m.exec(readFileSync(join(chartDirectory, 'Chart.yaml'), 'utf8'))?.[1] ?? '';
}
