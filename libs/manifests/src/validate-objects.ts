import type { Finding } from './finding.ts';
import { formatPath } from './format-path.ts';
import { identityOf } from './identity-of.ts';
import type { RenderedObject } from './kubernetes-object.ts';
import { ManifestsError } from './manifests-error.ts';
import type { PodSource } from './pods-of.ts';
import type { Problem } from './problem.ts';
import { type RenderContext, renderContext } from './render-context.ts';
import { renderedLineOf } from './rendered-line.ts';
import { objectRules, podRules } from './rules/index.ts';
import { rules } from './rules.ts';
import { templateLineOf } from './template-line.ts';
import { kubernetesVersions, type ValidationOptions } from './validation-options.ts';

/**
 * Everything that the API server, Helm or Argo CD would refuse, ignore or do wrong with a render, in the order of the
 * stream. Needs no network and no cluster.
 *
 * @throws {ManifestsError} `unknown-kubernetes-version`
 */
export function validateObjects(objects: readonly RenderedObject[], options: ValidationOptions): readonly Finding[] {
  requireKnownVersion(options.kubernetesVersion);
  const context = renderContext(objects, options);
  const podsByObject = Map.groupBy(context.pods, ({ rendered }) => rendered);
  return objects.flatMap((rendered) => {
    const problems = problemsOf(rendered, podsByObject.get(rendered) ?? [], context);
    return problems.map((problem) => findingOf(problem, rendered, options));
  });
}

function requireKnownVersion(version: string): void {
  if (kubernetesVersions.some((known) => known === version)) return;
  throw new ManifestsError('unknown-kubernetes-version', { where: version, detail: kubernetesVersions.join(', ') });
}

function problemsOf(rendered: RenderedObject, pods: readonly PodSource[], context: RenderContext): readonly Problem[] {
  return [
    ...objectRules.flatMap((rule) => rule(rendered, context)),
    ...pods.flatMap((pod) => podRules.flatMap((rule) => rule(pod, context))),
  ];
}

function findingOf(
  { rule, path, message }: Problem,
  { object, source }: RenderedObject,
  { readTemplate }: ValidationOptions,
): Finding {
  const [severity] = rules[rule];
  const template = readTemplate?.(source.template);
  const line = template === undefined ? undefined : templateLineOf(template, path);
  return {
    rule,
    severity,
    object: identityOf(object),
    path: formatPath(object, path),
    message,
    template: source.template,
    ...(line !== undefined && { line }),
    renderedLine: renderedLineOf(source, path),
  };
}
