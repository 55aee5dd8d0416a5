import { percentile } from '../load/percentile.ts';
import type { LegSamples } from './compare-legs.ts';
import type { LegName } from './leg.ts';
import { type ByRole, byRole, type Sample } from './measure-leg.ts';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What a table says about one leg: medians over rounds, with the range where it matters. */
export interface LegSummary {
  readonly name: LegName;
  readonly requestsPerSecond: Spread;
  readonly busyP50Ms: number;
  readonly busyP99Ms: number;
  readonly aloneP50Ms: number;
  readonly aloneP99Ms: number;
  readonly cpuUs: ByRole;
  /** Of the server, Redis and PostgreSQL together: the upstream is nobody's. */
  readonly allCpuUs: Spread;
  readonly coldCpuUs: number | undefined;
  readonly redisHits: number;
  readonly otherwise: number;
  /** Processor time as a multiple of the base leg's in the same round; undefined without a base. */
  readonly timesBase: Spread | undefined;
}

/** Reduces what was measured of a leg, compared with a base that was measured in the same rounds. */
export function summariseLeg({ name, cold, busy, alone }: LegSamples, base: LegSamples | undefined): LegSummary {
  const ratios = busy.flatMap((sample, round) => ratioTo(sample, base?.busy[round]));
  return {
    name,
    requestsPerSecond: spreadOf(busy.map(({ requestsPerSecond }) => requestsPerSecond)),
    busyP50Ms: medianOf(busy.map(({ p50Ms }) => p50Ms)),
    busyP99Ms: medianOf(busy.map(({ p99Ms }) => p99Ms)),
    aloneP50Ms: medianOf(alone.map(({ p50Ms }) => p50Ms)),
    aloneP99Ms: medianOf(alone.map(({ p99Ms }) => p99Ms)),
    cpuUs: byRole((role) => medianOf(busy.map(({ cpuUs }) => cpuUs[role]))),
    allCpuUs: spreadOf(busy.map(allCpuUs)),
    coldCpuUs: cold && allCpuUs(cold),
    redisHits: medianOf(busy.map(({ redisHits }) => redisHits)),
    otherwise: medianOf(busy.map(({ otherwise }) => otherwise)),
    timesBase: ratios.length === 0 ? undefined : spreadOf(ratios),
  };
}

function allCpuUs({ cpuUs }: Sample): number {
  return cpuUs.server + cpuUs.redis + cpuUs.postgres;
}

function ratioTo(sample: Sample, base: Sample | undefined): readonly number[] {
  return base === undefined ? [] : [allCpuUs(sample) / allCpuUs(base)];
}

function spreadOf(values: readonly number[]): Spread {
  return { median: medianOf(values), min: Math.min(...values), max: Math.max(...values) };
}

function medianOf(values: readonly number[]): number {
  return percentile(values, 0.5);
}
