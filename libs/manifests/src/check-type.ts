import { isList, isMap, type Json } from './json.ts';
import type { Place } from './place.ts';
import type { Problem } from './problem.ts';
import type { Schema, SchemaType } from './schema.ts';

export function checkType(value: Json, { type, nullable }: Schema, place: Place): readonly Problem[] {
  if (type === undefined || (value === null && nullable)) return [];
  const allowed: readonly SchemaType[] = typeof type === 'string' ? [type] : type;
  if (allowed.some((candidate) => isOfType[candidate](value))) return [];
  const wanted = allowed.map((candidate) => typeWords[candidate]).join(' or ');
  return [
    {
      rule: 'wrong-type',
      path: place.path,
      message: `is ${describeValue(value, place)}; allowed is ${wanted}${quotesHint(value, allowed)}`,
    },
  ];
}

/** How a message names a value: its type, and the value itself unless it is long or confidential. */
export function describeValue(value: Json, { isConfidential }: Pick<Place, 'isConfidential'>): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return isList(value) ? 'a list' : 'a map';
  const kind = scalarWords[typeof value] ?? 'a value';
  return isConfidential ? `${kind} (not shown)` : `${kind} ${shortened(JSON.stringify(value))}`;
}

const isOfType: Readonly<Record<SchemaType, (value: Json) => boolean>> = {
  object: isMap,
  array: isList,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
};

const typeWords: Readonly<Record<SchemaType, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

const scalarWords: Readonly<Record<string, string>> = {
  string: 'the text',
  number: 'the number',
  boolean: 'the truth value',
};
const longestShown = 60;

function shortened(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** The usual cause: YAML reads `1.0`, `0644` and `on` as something else than text. */
function quotesHint(value: Json, allowed: readonly SchemaType[]): string {
  const isBareScalar = typeof value === 'number' || typeof value === 'boolean';
  return isBareScalar && allowed.includes('string') ? '; put the value in quotes' : '';
}
