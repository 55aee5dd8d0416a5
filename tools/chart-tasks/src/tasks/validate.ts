import { findHelm, prepareChart } from '@task-api/helm';
import {
  type Finding,
  kubernetesVersions,
  parseManifests,
  type RenderedObject,
  type ValidationOptions,
  validateObjects,
} from '@task-api/manifests';
import type { Task } from '../chart.ts';
import { ChartTaskError } from '../chart-task-error.ts';
import { providedBy } from '../provided-by.ts';
import { namespace, renderVariant } from '../render-variant.ts';

/** Checks every object of every variant for every Kubernetes version that is supported. */
export const validate: Task = async ({ root, folder, path, variants }) => {
  const helm = await findHelm();
  const prepared = await prepareChart({ root, helm, chart: path });
  const manifests = await Promise.all(variants.map((variant) => renderVariant(variant, { helm, prepared })));
  const streams = manifests.map(parseManifests);
  const complaints = new Set(
    streams.flatMap((objects, index) => complainAboutAll(objects, providedBy(variants[index]?.values ?? []))),
  );
  if (complaints.size > 0)
    throw new ChartTaskError('invalid-objects', { value: folder, detail: [...complaints].join('\n') });
  const count = streams.reduce((sum, objects) => sum + objects.length, 0);
  return `${folder}: ${count} objects of ${variants.length} variants are valid for Kubernetes ${kubernetesVersions.join(', ')}`;
};

function complainAboutAll(objects: readonly RenderedObject[], provided: readonly string[]): readonly string[] {
  return kubernetesVersions.flatMap((kubernetesVersion) =>
    complain(objects, { kubernetesVersion, namespace, provided }),
  );
}

function complain(objects: readonly RenderedObject[], options: ValidationOptions): readonly string[] {
  const findings = validateObjects(objects, options);
  return findings.filter(({ severity }) => severity === 'error').map(describe);
}

function describe({ object, path, message, template }: Finding): string {
  return `  ${object} ${path}: ${message}${template === '' ? '' : ` (${template})`}`;
}
