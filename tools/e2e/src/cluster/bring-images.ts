import { buildImages, type ImageArchive } from '@task-api/images';
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
  const agentVariants = scenarios.flatMap(({ images = [] }) => images);
  const archive = await buildImages({ agentVariants, onProgress: progress.line });
  return { archive, tookMs: Date.now() - startedAtMs };
}
