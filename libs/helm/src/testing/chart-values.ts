import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Values } from './values.ts';
import type { Schema } from './values-at-paths.ts';

/** What a chart says about its values. */
export interface ChartValues {
  readonly values: Values;
  readonly schema: Schema;
  /** The sentence above every value in values.yaml, by dotted path. */
  readonly sentences: Readonly<Record<string, string>>;
}

/** Reads values.yaml and values.schema.json of a chart; a chart without a schema allows anything. */
export function readChartValues(directory: string): ChartValues {
  const text = readFileSync(join(directory, 'values.yaml'), 'utf8');
  return { values: parse(text), schema: readSchema(directory), sentences: sentencesIn(text) };
}

function readSchema(directory: string): Schema {
  return JSON.parse(readFileSync(join(directory, 'values.schema.json'), 'utf8'));
}

function sentencesIn(text: string): Readonly<Record<string, string>> {
  const parameters = text.matchAll(/^\s*## @param (\S+) (?:\[[^\]]*\] )?(.*)$/gm);
  return Object.fromEntries([...parameters].map(([, path = '', sentence = '']) => [path, sentence]));
}
