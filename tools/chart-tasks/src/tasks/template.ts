import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findHelm, prepareChart } from '@task-api/helm';
import type { Task } from '../chart.ts';
import { renderVariant } from '../render-variant.ts';

/** Renders every variant into dist. */
export const template: Task = async ({ root, folder, path, variants }) => {
  const helm = await findHelm();
  const prepared = await prepareChart({ root, helm, chart: path });
  const target = join('dist', folder, 'rendered');
  await rm(join(root, target), { recursive: true, force: true });
  await mkdir(join(root, target), { recursive: true });
  const files = await Promise.all(
    variants.map(async (variant) => {
      const file = join(target, `${variant.name}.yaml`);
      await writeFile(join(root, file), await renderVariant(variant, { helm, prepared }));
      return file;
    }),
  );
  return [`Helm ${helm.version}, dependencies from the ${prepared.lane} lane`, ...files].join('\n');
};
