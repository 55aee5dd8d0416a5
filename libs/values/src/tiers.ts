import type { EnvironmentValues, Tier } from './define-environment.ts';
import type { GeneratedFile } from './source-text.ts';

/** What each tier sets over the chart's defaults. */
export const tiers: Readonly<Record<Tier, EnvironmentValues>> = { dev: {}, staging: {}, prod: {} };

/** `charts/task-api/values-<tier>.yaml`: the tier for those who install the chart by hand. */
export function buildTierValues(_tier: Tier): GeneratedFile {
  throw new Error('not yet');
}
