import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findHelm, packageChart, prepareChart } from '@task-api/helm';
import type { Task } from '../chart.ts';

/** Packages the chart with its dependencies into dist. */
export const packageArchive: Task = async ({ root, folder, path }) => {
  const helm = await findHelm();
  const prepared = await prepareChart({ root, helm, chart: path });
  const destination = join('dist', folder, 'package');
  await rm(join(root, destination), { recursive: true, force: true });
  const file = await packageChart(helm, { chart: prepared, destination: join(root, destination) });
  return `${join(destination, file)} (dependencies from the ${prepared.lane} lane)`;
};
