import type { ChartDefaults } from './chart-defaults.ts';
import { plainValues } from './define-environment.ts';
import type { Environment } from './environment.ts';
import type { Values } from './merge-values.ts';
import type { ImagePin } from './release.ts';
import type { SourceText } from './source-text.ts';
import { tiers } from './tiers.ts';

/** One of the places that values come from. */
export interface Layer {
  readonly name: 'chart default' | 'tier' | 'environment' | 'release';
  readonly values: Values;
  readonly source: SourceText;
  /** Keys that lead to the values inside the file: `['values']` in environment.ts. */
  readonly root: readonly string[];
  /** The constant of a TypeScript file that holds the values, if not its default export. */
  readonly constant?: string;
}

const tierFile = 'libs/values/src/tiers.ts';

/**
 * The layers of an environment in the order in which Helm lays them over each other, weakest first.
 * `tierText` is the text of this package's tiers.ts; without it a value of the tier has no line.
 */
export function layersOf(environment: Environment, chart: ChartDefaults, tierText = ''): readonly Layer[] {
  return [
    { name: 'chart default', values: chart.values, source: chart.source, root: [] },
    ...filesOf(environment, tierText),
  ];
}

/** The layers over the chart: those that Helm gets as values files. */
export function filesOf({ input, release, source }: Environment, tierText = ''): readonly Layer[] {
  return [
    {
      name: 'tier',
      values: plainValues(tiers[input.tier]),
      source: { file: tierFile, text: tierText },
      root: [],
      constant: 'tierTable',
    },
    { name: 'environment', values: plainValues(input.values ?? {}), source, root: ['values'] },
    { name: 'release', values: { image: imageValues(release.image) }, source: release.source, root: [] },
  ];
}

function imageValues({ repository, tag, digest }: ImagePin): Values {
  return { repository, tag, ...(digest === undefined ? {} : { digest }) };
}
