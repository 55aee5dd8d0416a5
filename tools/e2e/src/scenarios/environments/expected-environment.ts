import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Resources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

interface Workload {
  readonly replicaCount?: number;
  readonly resources: Resources;
  readonly persistence: { readonly size: string };
}

/** The part of the chart's values that the table of tiers is about. */
export interface TierValues {
  readonly config: { readonly logLevel: string; readonly workers: number };
  readonly replicaCount: number;
  readonly autoscaling: { readonly enabled: boolean; readonly minReplicas: number; readonly maxReplicas: number };
  readonly resources: Resources;
  readonly postgresql: {
    readonly architecture: string;
    readonly primary: Workload;
    readonly readReplicas: Workload;
  };
  readonly redis: { readonly architecture: string; readonly master: Workload; readonly replica: Workload };
}

/** What the table of tiers makes of the chart's defaults. `values-<tier>.yaml` is that table as the generator wrote it. */
export async function expectedOf(tier: string, chartDirectory: string): Promise<TierValues> {
  const [defaults, ofTier] = await Promise.all(
    ['values.yaml', `values-${tier}.yaml`].map(async (name) =>
      parse(await readFile(join(chartDirectory, name), 'utf8')),
    ),
  );
  // The chart's schema holds both to this shape.
  return merge(defaults, ofTier) as TierValues;
}

function merge(under: unknown, over: unknown): unknown {
  if (!isMap(under) || !isMap(over)) return over === undefined ? under : over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(under[key], over[key])]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
