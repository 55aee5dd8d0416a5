import { isDeepStrictEqual } from 'node:util';
import { type AgentVariant, buildImages, type ImageArchive } from '@task-api/images';
import { E2eError } from '../e2e-error.ts';
import type { ProgressLog } from '../run/progress-log.ts';
import type { Scenario } from '../scenario.ts';

/** The images of a run, and what it took to build them. */
export interface BroughtImages {
  readonly archive: ImageArchive;
  readonly tookMs: number;
}

/** Builds the images of the chart and the variants that scenarios ask for; whatever is selected, they are the same. */
export async function bringImages(
  scenarios: readonly Scenario[],
  { progress }: { readonly progress: ProgressLog },
): Promise<BroughtImages> {
  const startedAtMs = Date.now();
  const agentVariants = collectVariants(scenarios);
  const archive = await buildImages({ agentVariants, onProgress: progress.line });
  return { archive, tookMs: Date.now() - startedAtMs };
}

/** The variants of all scenarios, each tag once. @throws {E2eError} `variant` when a tag means two things */
export function collectVariants(scenarios: readonly Pick<Scenario, 'name' | 'images'>[]): readonly AgentVariant[] {
  const byTag = new Map<string, AgentVariant>();
  for (const { name, images = [] } of scenarios) {
    for (const variant of images) {
      const known = byTag.get(variant.tag) ?? variant;
      if (!isDeepStrictEqual(known, variant)) throw new E2eError('variant', { what: name, value: variant.tag });
      byTag.set(variant.tag, known);
    }
  }
  return [...byTag.values()];
}
