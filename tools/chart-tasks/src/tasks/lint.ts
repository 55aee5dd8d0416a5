import { findHelm, lintChart, prepareChart } from '@task-api/helm';
import type { Chart, Task } from '../chart.ts';

const majors = [3, 4] as const;

/** `helm lint --strict` of every variant under every major version of Helm that is supported. */
export const lint: Task = async (chart) => {
  const versions = await Promise.all(majors.map((major) => lintUnder(major, chart)));
  return `${chart.folder}: ${chart.variants.length} values variants are clean under Helm ${versions.join(' and ')}`;
};

async function lintUnder(major: (typeof majors)[number], { root, path, variants }: Chart): Promise<string> {
  const helm = await findHelm({ major });
  const prepared = await prepareChart({ root, helm, chart: path });
  await Promise.all(variants.map(({ values }) => lintChart(helm, { chart: prepared, values, strict: true })));
  return helm.version;
}
