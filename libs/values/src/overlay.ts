import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';
import { filesOf } from './layers.ts';
import { mergeChartValues } from './merge-chart-values.ts';
import { isMap, mergeFiles, ownValue, type Value, type Values } from './merge-values.ts';
import { oncePerEnvironment } from './once-per-environment.ts';
import type { GeneratedFile } from './source-text.ts';
import { writeYaml } from './write-yaml.ts';
import { bannerFrom } from './yaml-text.ts';

/** The values of an environment as Helm will see them: chart, tier, environment and release merged. */
export const environmentValues = oncePerEnvironment(
  (environment, chart): Values => mergeChartValues(chart, ...fileValues(environment)),
);

/** `environments/<name>/values.yaml`: all that differs from the chart's defaults and nothing else, in the chart's order. */
export function buildOverlay(environment: Environment, chart: ChartDefaults): GeneratedFile {
  const { name } = environment;
  const banner = bannerFrom(
    `environments/${name}/environment.ts, environments/${name}/release.yaml and libs/values/src/tiers.ts`,
  );
  return { path: `environments/${name}/values.yaml`, text: banner + overlayText(environment, chart) };
}

/** The overlay as YAML, without the banner. */
export const overlayText = oncePerEnvironment((environment, chart): string =>
  writeYaml(minimalValues(chart.values, mergeFiles(...fileValues(environment)))),
);

/**
 * What remains of a values file when everything is left out that the chart says by itself, in the chart's
 * order; keys that the chart does not name follow in theirs. Helm makes the same of it as of the whole.
 */
export function minimalValues(chart: Values, file: Values): Values {
  const keys = [...Object.keys(chart).filter((key) => Object.hasOwn(file, key)), ...Object.keys(file)];
  return Object.fromEntries(
    [...new Set(keys)].flatMap((key) => minimalEntry(key, ownValue(chart, key), file[key] ?? null)),
  );
}

function minimalEntry(key: string, standard: Value | undefined, value: Value): readonly [string, Value][] {
  if (!isMap(standard) || !isMap(value)) return isSame(standard, value) ? [] : [[key, value]];
  const rest = minimalValues(standard, value);
  return Object.keys(rest).length === 0 ? [] : [[key, rest]];
}

/** A `null` is never left out: where it deletes nothing it is still what Helm shows to templates. */
function isSame(standard: Value | undefined, value: Value): boolean {
  return value !== null && JSON.stringify(standard) === JSON.stringify(value);
}

function fileValues(environment: Environment): readonly Values[] {
  return filesOf(environment).map(({ values }) => values);
}
