import type { HelmBinary } from '@task-api/helm';
import { capacityOf, type Finding } from '@task-api/manifests';
import { describeImage } from '@task-api/values';
import { type FileChange, kindOfChange } from '../files/plan-changes.ts';
import type { EnvironmentValidation } from '../render/validate-environment.ts';
import { changeData } from './changes.ts';
import { formatCpu, formatMemory } from './quantities.ts';
import type { Report } from './report.ts';
import { shortRevision } from './short-revision.ts';
import { findingBlock, verdict } from './validations.ts';

export interface StartOutcome {
  readonly environments: readonly EnvironmentValidation[];
  readonly argocd: readonly Finding[];
  readonly changes: readonly FileChange[];
  readonly helm: HelmBinary;
}

const columns = [
  'environment',
  'tier',
  'chart',
  'objects',
  'pods',
  'CPU',
  'memory',
  'image',
  'migrations',
  'on disk',
] as const;

/** One table with a row for each environment; below it the files that they share, the lane, Helm and the findings. */
export function startReport({ environments, argocd, changes, helm }: StartOutcome): Report {
  const summaries = environments.map((validation) => summarize(validation, changes));
  const findings = [...environments.flatMap((validation) => validation.findings), ...argocd];
  return {
    data: { environments: summaries, helm, changes: changes.map(changeData), argocd },
    blocks: [
      { kind: 'table', columns, rows: summaries.map(rowOf) },
      {
        kind: 'text',
        text: [...sharedChanges(changes), ...laneLines(environments), `Helm ${helm.version} (${helm.source})`].join(
          '\n',
        ),
      },
      ...findings.map(findingBlock),
      verdict(findings),
    ],
  };
}

type Summary = ReturnType<typeof summarize>;

function summarize({ environment, renderings, findings }: EnvironmentValidation, changes: readonly FileChange[]) {
  const { name, input, release } = environment;
  const [rendering] = renderings;
  return {
    name,
    tier: input.tier,
    chart: rendering?.chart.revision,
    lane: rendering?.chart.lane,
    capacity: rendering && capacityOf(rendering.objects),
    image: describeImage(release.image),
    migrations: release.migrations.head,
    changes: changes.filter(({ path }) => isOf(name, path)).map(kindOfChange),
    findings,
  };
}

function rowOf({ name, tier, chart, capacity, image, migrations, changes }: Summary): readonly string[] {
  const requested = capacity
    ? [
        String(capacity.objects),
        String(capacity.pods),
        formatCpu(capacity.cpuMillis),
        formatMemory(capacity.memoryBytes),
      ]
    : ['–', '–', '–', '–'];
  const revision = chart === undefined ? 'does not render' : shortRevision(chart);
  return [name, tier, revision, ...requested, image, migrations, describeChanges(changes)];
}

function describeChanges(changes: readonly string[]): string {
  return changes.length === 0
    ? 'unchanged'
    : [...new Set(changes)].map((kind) => `${changes.filter((one) => one === kind).length} ${kind}`).join(', ');
}

function isOf(name: string, path: string): boolean {
  return path.startsWith(`environments/${name}/`) || path === `argocd/applications/${name}.yaml`;
}

function sharedChanges(changes: readonly FileChange[]): readonly string[] {
  const shared = changes.filter(({ path }) => !/^environments\/|^argocd\/applications\//.test(path));
  return shared.map((change) => `${kindOfChange(change)} ${change.path}`);
}

function laneLines(environments: readonly EnvironmentValidation[]): readonly string[] {
  const charts = environments.flatMap(({ renderings }) => renderings.map(({ chart }) => chart));
  return [...new Set(charts.map(({ lane, laneReason }) => `dependencies: lane ${lane} (${laneReason})`))];
}
