import { NxPluginError } from './nx-plugin-error.ts';

export type ChartMode = 'pinned' | 'floating';

const chartLine = /^\s*chart:\s*['"](pinned|floating)['"]/gm;

/**
 * Whether an environment follows the chart of the default branch. Read from the text of environment.ts, because
 * evaluating every environment would make each `nx` command wait for the values library.
 *
 * @throws NxPluginError `chart-mode-missing`, `chart-mode-twice`
 */
export function readChartMode(text: string, file: string): ChartMode {
  const [mode, ...more] = [...text.matchAll(chartLine)].map((match) => match[1]);
  if (mode === undefined) throw new NxPluginError('chart-mode-missing', { file });
  if (more.length > 0) throw new NxPluginError('chart-mode-twice', { file });
  return mode === 'floating' ? 'floating' : 'pinned';
}
