import { describeValue } from './check-type.ts';
import { isList, isMap, type Json } from './json.ts';
import type { Place } from './place.ts';
import type { Problem } from './problem.ts';
import { canonicalQuantity, isQuantity } from './quantity.ts';
import type { RuleName } from './rules.ts';
import type { Schema } from './schema.ts';
import { didYouMean } from './suggest.ts';
import { textFormats } from './text-formats.ts';

/** Checks the value itself: what it may be, how large, how long, and in which syntax. */
export function checkScalar(value: Json, schema: Schema, place: Place): readonly Problem[] {
  return checks.flatMap((check) => {
    const complaint = check(value, schema, place);
    return complaint ? [{ rule: complaint.rule, path: place.path, message: complaint.message }] : [];
  });
}

interface Complaint {
  readonly rule: RuleName;
  readonly message: string;
}

type Check = (value: Json, schema: Schema, place: Place) => Complaint | undefined;

const isAllowed: Check = (value, { enum: allowed }, place) => {
  if (!allowed || allowed.includes(value)) return undefined;
  const hint = typeof value === 'string' ? didYouMean(value, allowed.map(String)) : '';
  return {
    rule: 'not-allowed',
    message: `is ${describeValue(value, place)}; allowed are ${allowed.map(shown).join(', ')}${hint}`,
  };
};

const isWithinRange: Check = (value, { minimum, maximum, format }, place) => {
  if (typeof value !== 'number') return undefined;
  const [lowest, highest] = [minimum ?? limits[format ?? '']?.[0], maximum ?? limits[format ?? '']?.[1]];
  const isOutside = (lowest !== undefined && value < lowest) || (highest !== undefined && value > highest);
  return isOutside
    ? { rule: 'out-of-range', message: `is ${describeValue(value, place)}; allowed is ${rangeWords(lowest, highest)}` }
    : undefined;
};

const isWithinLength: Check = (value, schema) => {
  const size = sizeOf(value, schema);
  if (!size) return undefined;
  const { count, unit, least, most } = size;
  const isOutside = (least !== undefined && count < least) || (most !== undefined && count > most);
  return isOutside
    ? { rule: 'out-of-range', message: `has ${count} ${unit}; allowed is ${rangeWords(least, most)}` }
    : undefined;
};

const matchesPattern: Check = (value, { pattern }, place) => {
  if (pattern === undefined || typeof value !== 'string' || new RegExp(pattern, 'u').test(value)) return undefined;
  return { rule: 'bad-format', message: `is ${describeValue(value, place)}; allowed is text that matches ${pattern}` };
};

const hasFormat: Check = (value, { format = '' }, place) => {
  const known = textFormats[format];
  if (!known || !isScalar(value) || acceptsValue(format, value)) return undefined;
  const rule = format === 'quantity' ? 'bad-quantity' : 'bad-format';
  return { rule, message: `is ${describeValue(value, place)}; allowed is ${known.meaning}` };
};

const isCanonical: Check = (value, { format }) => {
  if (format !== 'quantity' || !isScalar(value) || !isQuantity(String(value))) return undefined;
  const canonical = canonicalQuantity(String(value));
  if (canonical === String(value)) return undefined;
  return {
    rule: 'quantity-not-canonical',
    message: `is ${value}, which the API server writes as ${canonical}; Argo CD shows the two as different`,
  };
};

const checks: readonly Check[] = [isAllowed, isWithinRange, isWithinLength, matchesPattern, hasFormat, isCanonical];

const limits: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** Fields that take text or a number hold the number to a range of its own. */
function acceptsValue(format: string, value: string | number): boolean {
  if (typeof value === 'string') return textFormats[format]?.accepts(value) ?? true;
  if (format === 'port-or-name') return value >= 1 && value <= 65_535;
  return format !== 'percentage-or-count' || value >= 0;
}

function isScalar(value: Json): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function sizeOf(value: Json, schema: Schema) {
  if (typeof value === 'string')
    return { count: [...value].length, unit: 'characters', least: schema.minLength, most: schema.maxLength };
  if (isList(value)) return { count: value.length, unit: 'items', least: schema.minItems, most: schema.maxItems };
  return isMap(value)
    ? { count: Object.keys(value).length, unit: 'entries', least: schema.minProperties, most: schema.maxProperties }
    : undefined;
}

function rangeWords(least: number | undefined, most: number | undefined): string {
  if (most === undefined) return `${least} or more`;
  return least === undefined ? `${most} or less` : `${least} to ${most}`;
}

function shown(allowed: Json): string {
  return allowed === '' ? '""' : String(allowed);
}
