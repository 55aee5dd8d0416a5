export const kubernetesVersions = ['1.31', '1.32', '1.33', '1.34', '1.35'] as const;

export type KubernetesVersion = (typeof kubernetesVersions)[number];

export interface ValidationOptions {
  readonly kubernetesVersion: KubernetesVersion;
  /** The namespace of the release. */
  readonly namespace: string;
  /** References that something outside the render satisfies: `v1 Secret task-api-credentials`. */
  readonly provided?: readonly string[];
  /** Kinds that may occur without a schema, and are then checked by the rules for all objects only: `bitnami.com/v1alpha1 SealedSecret`. */
  readonly uncheckedKinds?: readonly string[];
  /** Text of a template, for the line in a finding. */
  readonly readTemplate?: (template: string) => string | undefined;
}
