import { type Finding, type KubernetesVersion, validateObjects } from '@task-api/manifests';
import type { Environment } from '@task-api/values';
import type { Fleet } from '../fleet/fleet.ts';
import { providedReferences } from '../fleet/provided-references.ts';
import { failureFinding } from './failure-finding.ts';
import { type RenderOperation, renderOperations } from './render-operation.ts';
import type { RenderedEnvironment, Renderer } from './renderer.ts';
import { templateReader } from './template-reader.ts';

/** A finding and where it was seen; one that every rendering has is listed once. */
export interface SeenFinding extends Finding {
  readonly operations: readonly RenderOperation[];
  readonly kubernetesVersions: readonly string[];
}

export interface EnvironmentValidation {
  readonly environment: Environment;
  readonly renderings: readonly RenderedEnvironment[];
  readonly findings: readonly SeenFinding[];
}

export interface ValidationContext {
  readonly fleet: Fleet;
  readonly renderer: Renderer;
  readonly kubernetesVersions: readonly KubernetesVersion[];
}

/** Renders an environment as Argo CD and as Helm would, and checks every object; what cannot be rendered is a finding too. */
export async function validateEnvironment(
  environment: Environment,
  context: ValidationContext,
): Promise<EnvironmentValidation> {
  const outcomes = await Promise.all(
    renderOperations.map((operation) => renderOrFail(environment, operation, context)),
  );
  const renderings = outcomes.flatMap((outcome) => ('objects' in outcome ? [outcome] : []));
  const failures = outcomes.flatMap((outcome) => ('rule' in outcome ? [outcome] : []));
  const findings = renderings.flatMap((rendering) => validateRendering(rendering, context));
  return { environment, renderings, findings: mergeSightings([...failures, ...findings]) };
}

/** Whether anything is wrong, as opposed to worth a look. */
export function hasErrors(findings: readonly Pick<Finding, 'severity'>[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

async function renderOrFail(
  environment: Environment,
  operation: RenderOperation,
  { renderer, kubernetesVersions }: ValidationContext,
): Promise<RenderedEnvironment | SeenFinding> {
  try {
    return await renderer.render(environment, operation);
  } catch (error) {
    return { ...failureFinding(environment, error), operations: [operation], kubernetesVersions };
  }
}

function validateRendering(
  { environment, operation, objects, chart }: RenderedEnvironment,
  { fleet, kubernetesVersions }: ValidationContext,
) {
  const readTemplate = templateReader(chart);
  const { namespace } = environment.input.destination;
  const provided = providedReferences(environment, fleet);
  return kubernetesVersions.flatMap((kubernetesVersion): readonly SeenFinding[] =>
    validateObjects(objects, { kubernetesVersion, namespace, provided, readTemplate }).map((finding) => ({
      ...finding,
      operations: [operation],
      kubernetesVersions: [kubernetesVersion],
    })),
  );
}

function mergeSightings(findings: readonly SeenFinding[]): readonly SeenFinding[] {
  const merged = new Map<string, SeenFinding>();
  for (const finding of findings) {
    const { rule, object, path, message, template } = finding;
    const key = JSON.stringify([rule, object, path, message, template]);
    merged.set(key, merge(merged.get(key) ?? finding, finding));
  }
  return [...merged.values()];
}

function merge(one: SeenFinding, other: SeenFinding): SeenFinding {
  return {
    ...one,
    operations: [...new Set([...one.operations, ...other.operations])],
    kubernetesVersions: [...new Set([...one.kubernetesVersions, ...other.kubernetesVersions])],
  };
}
