import type { Finding } from './finding.ts';
import type { RenderedObject } from './kubernetes-object.ts';

export const kubernetesVersions = ['1.31', '1.32', '1.33', '1.34', '1.35'] as const;

export type KubernetesVersion = (typeof kubernetesVersions)[number];

export interface ValidationOptions {
  readonly kubernetesVersion: KubernetesVersion;
  /** The namespace of the release. */
  readonly namespace: string;
  /** References that something outside the render satisfies: `v1 Secret task-api-credentials`. */
  readonly provided?: readonly string[];
  /** Text of a template, for the line in a finding. */
  readonly readTemplate?: (template: string) => string | undefined;
}

/** Everything that is wrong with a render, in the order of the stream. */
export function validateObjects(_objects: readonly RenderedObject[], _options: ValidationOptions): readonly Finding[] {
  return [];
}
