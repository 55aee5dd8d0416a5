import { checkScalar } from './check-scalar.ts';
import { checkType } from './check-type.ts';
import { isList, isMap, type Json, type JsonMap } from './json.ts';
import { inside, type Place } from './place.ts';
import type { Problem } from './problem.ts';
import type { Schema } from './schema.ts';
import { didYouMean } from './suggest.ts';
import { textFormats } from './text-formats.ts';

/** Checks a value against a schema as strictly as the API server does with `fieldValidation=Strict`; null fields count as absent. */
export function checkStructure(value: Json, schema: Schema, place: Place): readonly Problem[] {
  const resolved = place.catalog.resolve(schema);
  const wrongType = checkType(value, resolved, place);
  if (wrongType.length > 0) return wrongType;
  return [
    ...checkContent(value, resolved, place),
    ...checkScalar(value, resolved, place),
    ...checkChoices(value, resolved, place),
  ];
}

function checkContent(value: Json, schema: Schema, place: Place): readonly Problem[] {
  if (isMap(value)) return checkFields(value, schema, place);
  return isList(value) ? checkItems(value, schema, place) : [];
}

function checkFields(map: JsonMap, schema: Schema, place: Place): readonly Problem[] {
  const fields = Object.keys(map).flatMap((field) => checkField(map, field, { schema, place }));
  return [
    ...missingFields(map, schema, place),
    ...exclusiveFields(map, schema, place),
    ...checkEntries(map, schema, place),
    ...fields,
  ];
}

function missingFields(map: JsonMap, { required = [] }: Schema, { path }: Place): readonly Problem[] {
  const missing = required.filter((field) => isAbsent(map[field]));
  return missing.map((field) => ({
    rule: 'missing-field',
    path: [...path, field],
    message: 'is missing; the API server demands it',
  }));
}

function exclusiveFields(map: JsonMap, { exclusive = [] }: Schema, { path }: Place): readonly Problem[] {
  return exclusive.flatMap(({ fields, least }) => {
    const set = fields.filter((field) => !isAbsent(map[field]) && map[field] !== '');
    if (set.length <= 1 && set.length >= least) return [];
    const wanted = `${least === 1 ? 'exactly' : 'at most'} one of ${fields.join(', ')}`;
    return [{ rule: 'exclusive-fields', path, message: `sets ${set.join(' and ') || 'none'}; allowed is ${wanted}` }];
  });
}

function checkField(
  map: JsonMap,
  field: string,
  { schema, place: owner }: { readonly schema: Schema; readonly place: Place },
): readonly Problem[] {
  const { properties = {}, additionalProperties } = schema;
  const value = map[field] ?? null;
  const place = inside(owner, field);
  if (Object.hasOwn(properties, field))
    return value === null ? [] : checkStructure(value, properties[field] ?? {}, place);
  if (additionalProperties === false) return [unknownField(field, Object.keys(properties), place)];
  return additionalProperties === undefined ? [] : checkEntry(value, additionalProperties, place);
}

function checkEntries(map: JsonMap, { entries }: Schema, place: Place): readonly Problem[] {
  if (!entries) return [];
  const { rule, keys, values } = entries;
  return Object.entries(map).flatMap(([key, value]) => {
    // An empty key is a finding about the document already.
    const wrongKey = key === '' ? undefined : wrongText(key, keys);
    const wrongValue = typeof value === 'string' ? wrongText(value, values) : undefined;
    const { path } = inside(place, key);
    return [
      ...(wrongKey ? [{ rule, path, message: `is not allowed as a key; ${wrongKey}` }] : []),
      ...(wrongValue ? [{ rule, path, message: `is "${value}"; ${wrongValue}` }] : []),
    ];
  });
}

function wrongText(text: string, format: string | undefined): string | undefined {
  const known = textFormats[format ?? ''];
  return known === undefined || known.accepts(text) ? undefined : `allowed is ${known.meaning}`;
}

/** An entry of a map whose keys are free. */
function checkEntry(value: Json, schema: Schema, place: Place): readonly Problem[] {
  if (value !== null) return checkStructure(value, schema, place);
  return [
    { rule: 'null-value', path: place.path, message: 'is null; give it a value, "" for empty text, or leave it out' },
  ];
}

function unknownField(field: string, known: readonly string[], { path }: Place): Problem {
  const hint =
    didYouMean(field, known) ||
    (known.length <= mostListed ? `; allowed are ${known.join(', ') || 'no fields at all'}` : '');
  return { rule: 'unknown-field', path, message: `is no field of this version of the API${hint}` };
}

/** More names than this teach nobody anything. */
const mostListed = 12;

function checkItems(items: readonly Json[], schema: Schema, place: Place): readonly Problem[] {
  const each = items.flatMap((item, index) => checkStructure(item, schema.items ?? {}, inside(place, index)));
  return [...each, ...duplicateItems(items, schema, place)];
}

function duplicateItems(items: readonly Json[], schema: Schema, place: Place): readonly Problem[] {
  const keys = items.map((item) => keyOfItem(item, schema, place));
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key);
    if (key === undefined || first === index) return [];
    return [
      {
        rule: 'duplicate-item',
        path: [...place.path, index],
        message: `has ${key}, as item ${first} has; server-side apply refuses the list`,
      },
    ];
  });
}

/** What makes an item itself: its keys in a list that is a map, its whole content in a list that is a set. */
function keyOfItem(item: Json, schema: Schema, { catalog }: Place): string | undefined {
  if (schema['x-kubernetes-list-type'] === 'set') return `the value ${JSON.stringify(item)}`;
  const keys = schema['x-kubernetes-list-map-keys'];
  if (!keys || !isMap(item)) return undefined;
  const { properties = {} } = catalog.resolve(schema.items ?? {});
  const values = keys.map((key) => item[key] ?? properties[key]?.default ?? null);
  if (values.every((value) => value === null)) return undefined;
  return keys.map((key, at) => `${key} ${String(values[at])}`).join(' and ');
}

function checkChoices(value: Json, { anyOf, oneOf, allOf, not }: Schema, place: Place): readonly Problem[] {
  const fits = (schema: Schema) => checkStructure(value, schema, place).length === 0;
  const isWrong = [
    anyOf?.some(fits) === false,
    oneOf !== undefined && oneOf.filter(fits).length !== 1,
    allOf?.every(fits) === false,
    not !== undefined && fits(not),
  ].includes(true);
  return isWrong
    ? [
        {
          rule: 'no-choice-fits',
          path: place.path,
          message: 'fits none, or more than one, of the alternatives that the schema allows',
        },
      ]
    : [];
}

function isAbsent(value: Json | undefined): boolean {
  return value === undefined || value === null;
}
