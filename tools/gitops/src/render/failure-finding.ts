import { HelmError } from '@task-api/helm';
import { type Finding, ManifestsError } from '@task-api/manifests';
import type { Environment } from '@task-api/values';

/** What Helm or the reader of its output refused, as a finding; anything else is thrown on. */
export function failureFinding({ name }: Environment, error: unknown): Finding {
  if (error instanceof ManifestsError) return { ...base(name, error), rule: error.rule, template: '' };
  if (!(error instanceof HelmError) || error.rule !== 'render') throw error;
  const { template = '', line } = error;
  return { ...base(name, error), rule: 'render', template, ...(line !== undefined && { line }) };
}

function base(name: string, { message }: Error) {
  return { severity: 'error', object: `environment ${name}`, path: '', message, renderedLine: 0 } as const;
}
