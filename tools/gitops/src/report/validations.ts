import type { Finding } from '@task-api/manifests';
import { type EnvironmentValidation, hasErrors } from '../render/validate-environment.ts';
import type { Block, Report } from './report.ts';
import { shortRevision } from './short-revision.ts';

export interface Validations {
  readonly environments: readonly EnvironmentValidation[];
  /** Findings about argocd/*.yaml. */
  readonly argocd: readonly Finding[];
  readonly kubernetesVersions: readonly string[];
  readonly helmVersion: string;
}

export function validationReport(validations: Validations): Report {
  const { environments, argocd, kubernetesVersions, helmVersion } = validations;
  const allFindings = [...environments.flatMap(({ findings }) => findings), ...argocd];
  return {
    data: { helm: helmVersion, kubernetesVersions, environments: environments.map(environmentData), argocd },
    blocks: [
      {
        kind: 'table',
        columns: ['environment', 'chart', 'lane', 'objects', 'errors', 'warnings'],
        rows: environments.map(environmentRow),
      },
      { kind: 'text', text: `Helm ${helmVersion}, Kubernetes ${kubernetesVersions.join(', ')}` },
      ...allFindings.map(findingBlock),
      verdict(allFindings),
    ],
  };
}

/** One finding as a line: the object, where in it, what, and the template that has to change. */
export function findingBlock({ severity, object, path, message, template, line, rule }: Finding): Block {
  const place = [template, line].filter((part) => part !== undefined && part !== '').join(':');
  const text = `${object}${path === '' ? '' : ` ${path}`}: ${message}${place === '' ? '' : `\n  ${place}`}  [${rule}]`;
  return { kind: severity === 'error' ? 'bad' : 'warning', text };
}

export function verdict(findings: readonly Finding[]): Block {
  if (!hasErrors(findings)) return { kind: 'good', text: 'every object is valid' };
  const errors = count(findings, 'error');
  return { kind: 'bad', text: errors === '1' ? '1 error' : `${errors} errors` };
}

export function environmentData({
  environment,
  renderings,
  findings,
}: EnvironmentValidation): Readonly<Record<string, unknown>> {
  const [first] = renderings;
  return {
    name: environment.name,
    chart: first?.chart.revision,
    lane: first?.chart.lane,
    objects: first?.objects.length ?? 0,
    findings,
  };
}

function environmentRow({ environment, renderings, findings }: EnvironmentValidation): readonly string[] {
  const [first] = renderings;
  const chart = first === undefined ? 'does not render' : shortRevision(first.chart.revision);
  return [
    environment.name,
    chart,
    first?.chart.lane ?? '',
    String(first?.objects.length ?? 0),
    count(findings, 'error'),
    count(findings, 'warning'),
  ];
}

function count(findings: readonly Finding[], severity: Finding['severity']): string {
  return String(findings.filter((finding) => finding.severity === severity).length);
}
