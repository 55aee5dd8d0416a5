/** Something in a render that the API server, Helm or Argo CD will reject, ignore or do wrong. */
export interface Finding {
  /** The rule that is broken: `unknown-field`. */
  readonly rule: string;
  /** A warning does not stop a release; an error does. */
  readonly severity: 'error' | 'warning';
  /** `apps/v1 Deployment task-api` */
  readonly object: string;
  /** `spec.template.spec.containers[agent].resources.limits.cpu` */
  readonly path: string;
  readonly message: string;
  /** Empty where the stream does not say it. */
  readonly template: string;
  /** Line of the template that says it; only where the template's text was given and says it in one place. */
  readonly line?: number;
  /** Line of the rendered stream. */
  readonly renderedLine: number;
}
