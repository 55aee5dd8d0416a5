import { isList, isMap, type Json, type JsonMap } from '../src/json.ts';

/**
 * Turns a schema of Kubernetes into one that refuses what it does not know: descriptions go, references become local,
 * and an object with known properties allows no others unless it says that it keeps unknown fields.
 */
export function strictSchema(schema: Json): JsonMap {
  if (!isMap(schema)) return {};
  const reference = referenceOf(schema);
  if (reference) return { $ref: `#/definitions/${shortDefinitionName(reference)}` };
  const kept = Object.entries(typed(schema)).flatMap(([keyword, value]) => keepKeyword(keyword, value));
  return sortedMap([...kept, ...closingOf(schema)]);
}

/** `io.k8s.api.core.v1.PodSpec` → `core.v1.PodSpec` */
export function shortDefinitionName(name: string): string {
  return name.replace(packagePrefix, '');
}

/** A map whose keys are in the order of the alphabet, so that equal maps are equal text. */
export function sortedMap(entries: readonly Entry[]): JsonMap {
  return Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
}

export type Entry = readonly [string, Json];

const packagePrefix =
  /^io\.k8s\.(api\.|apimachinery\.pkg\.(apis\.|api\.|util\.)?|(apiextensions-apiserver|kube-aggregator)\.pkg\.apis\.)/;

/** Keywords that take part in validation as they are. Descriptions, examples and rules in CEL are dropped. */
const plainKeywords: ReadonlySet<string> = new Set([
  '$ref',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'nullable',
  'required',
  'type',
  'uniqueItems',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-preserve-unknown-fields',
]);

function keepKeyword(keyword: string, value: Json): readonly Entry[] {
  if (plainKeywords.has(keyword)) return [[keyword, value]];
  return keywordRewrites[keyword]?.(value).map((kept) => [keyword, kept]) ?? [];
}

/** Each returns the new value of a keyword, or nothing to drop it. */
const keywordRewrites: Readonly<Record<string, (value: Json) => readonly Json[]>> = {
  properties: (value) => [eachValue(value, strictSchema)],
  items: (value) => [strictSchema(value)],
  pattern: (value) => [inlineFlagAsGroup(String(value))],
  additionalProperties: (value) => [isMap(value) ? strictSchema(value) : value],
  not: (value) => [alternative(value)],
  anyOf: (value) => [alternatives(value)],
  oneOf: (value) => [alternatives(value)],
  allOf: (value) => [alternatives(value)],
  // A key of a list that is left out counts with its default; no other default matters here.
  default: (value) => (typeof value === 'string' && value !== '' ? [value] : []),
  'x-kubernetes-list-type': (value) => (value === 'set' ? [value] : []),
};

/** Go's `(?i)` holds for the rest of the expression; in JavaScript a flag needs a group. */
function inlineFlagAsGroup(pattern: string): string {
  const [before = '', ...after] = pattern.split('(?i)');
  return after.length === 0 ? pattern : `${before}(?i:${after.join('')})`;
}

/** Branches only narrow the schema that they are in, which alone says what is unknown. */
function alternatives(value: Json): Json {
  return isList(value) ? value.map(alternative) : [];
}

function alternative(value: Json): JsonMap {
  const { additionalProperties: _, ...rest } = strictSchema(value);
  return rest;
}

/** The one schema that is meant, where the document wraps a reference to attach a default. */
function referenceOf({ $ref, allOf }: JsonMap): string | undefined {
  const wrapped = isList(allOf) && allOf.length === 1 && isMap(allOf[0]) ? allOf[0].$ref : undefined;
  const reference = $ref ?? wrapped;
  return typeof reference === 'string' ? reference.replace('#/components/schemas/', '') : undefined;
}

/** Says in `type` what Kubernetes says by a choice or by an extension. */
function typed(schema: JsonMap): JsonMap {
  const { anyOf, oneOf, ...rest } = schema;
  const isIntOrString = schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string';
  if (isIntOrString) return { ...rest, format: 'int-or-string', type: ['integer', 'string'] };
  const isQuantity =
    isList(oneOf) && schema.type === undefined && oneOf.length === 2 && schema.properties === undefined;
  return isQuantity ? { ...rest, format: 'quantity', type: ['number', 'string'] } : schema;
}

function closingOf({ properties, additionalProperties, ...rest }: JsonMap): readonly Entry[] {
  const isOpen = additionalProperties !== undefined || rest['x-kubernetes-preserve-unknown-fields'] === true;
  return isMap(properties) && !isOpen ? [['additionalProperties', false]] : [];
}

function eachValue(map: Json, change: (value: Json) => Json): JsonMap {
  return isMap(map) ? sortedMap(Object.entries(map).map(([key, value]) => [key, change(value)])) : {};
}
