import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chartDirectory, type Values } from './task-api-chart.ts';

/** Values that switch on everything that can be on at the same time. */
export const everyFeature: Values = parse(readFileSync(join(chartDirectory, 'ci/every-feature-values.yaml'), 'utf8'));
