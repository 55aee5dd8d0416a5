import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ChartTaskError } from './chart-task-error.ts';

/** A chart of the work tree. */
export interface Chart {
  readonly root: string;
  /** `charts/task-api` */
  readonly folder: string;
  /** Its path below `charts`. */
  readonly path: string;
  /** Every way in which its tasks render it. */
  readonly variants: readonly Variant[];
}

/** One way to render a chart. */
export interface Variant {
  /** `defaults`, or `prod` for values-prod.yaml. */
  readonly name: string;
  /** Texts of values files. */
  readonly values: readonly string[];
}

/** Does something with a chart and says what. */
export type Task = (chart: Chart) => Promise<string>;

/**
 * Reads which variants a chart has: its defaults and values-*.yaml or, where the defaults alone cannot be
 * installed, the files of `ci` in their place.
 *
 * @throws ChartTaskError `no-chart`
 */
export function openChart(folder: string, root: string): Chart {
  const directory = join(root, folder);
  if (!existsSync(join(directory, 'Chart.yaml'))) throw new ChartTaskError('no-chart', { value: folder });
  const installable = globSync('ci/*-values.yaml', { cwd: directory });
  const files = [...installable, ...globSync('values-*.yaml', { cwd: directory })].sort();
  const variants = files.map((file) => readVariant(file, directory));
  return {
    root,
    folder,
    path: folder.replace(/^charts\//, ''),
    variants: installable.length > 0 ? variants : [defaults, ...variants],
  };
}

const defaults: Variant = { name: 'defaults', values: [] };

/** `values-prod.yaml` is the variant `prod`, `ci/standalone-values.yaml` is `standalone`. */
function readVariant(file: string, directory: string): Variant {
  const name = basename(file, '.yaml').replace(/^values-|-values$/, '');
  return { name, values: [readFileSync(join(directory, file), 'utf8')] };
}
