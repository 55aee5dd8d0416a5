import { fitGrowth, type Growth } from './fit-growth.ts';
import { allowedGain, isGrowing } from './judge-growth.ts';
import { type GaugeName, type GaugeValues, gaugeNames } from './read-gauges.ts';
import type { Reading } from './watch-gauges.ts';

export interface GaugeVerdict extends Growth {
  readonly name: GaugeName;
  readonly highest: number;
  /** Some seconds after the last request. */
  readonly afterwards: number;
  readonly allowed: number;
  readonly isGrowing: boolean;
}

/** What each gauge did once the process was warm. */
export function assessSoak(
  readings: readonly Reading[],
  { warmMs, afterwards }: { readonly warmMs: number; readonly afterwards: GaugeValues },
): readonly GaugeVerdict[] {
  const warm = readings.filter(({ atMs }) => atMs >= warmMs);
  return gaugeNames().map((name) => {
    const growth = fitGrowth(warm.map(({ atMs, values }) => ({ atMs, value: values[name] })));
    return {
      name,
      ...growth,
      highest: Math.max(...warm.map(({ values }) => values[name])),
      afterwards: afterwards[name],
      allowed: allowedGain[name](growth.start),
      isGrowing: isGrowing(name, growth),
    };
  });
}
