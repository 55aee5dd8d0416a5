import { stringify } from 'yaml';
import { isMap, type Value, type Values } from './merge-values.ts';

/**
 * YAML that YAML 1.1 and 1.2 read alike: Helm takes 0o17, a number of 1.2 alone, for fifteen too. Never folded.
 *
 * It is what the yaml library writes, at a fifth of the time: this lays out maps and lists, the library writes each
 * different key and scalar once.
 */
export function writeYaml(values: object): string {
  const map = values as Values; // callers describe plain data
  return Object.keys(map).length === 0 ? '{}\n' : writeMap(map, '');
}

/** What a scalar is written as after `key: `, and what a key is, by their JSON text. */
const scalars = new Map<string, string>();
const keys = new Map<string, string>();

function writeMap(map: Values, indent: string): string {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  return entries.map(([key, value]) => `${indent}${writeKey(key)}:${writeAfterKey(value, indent)}`).join('');
}

function writeAfterKey(value: Value, indent: string): string {
  if (isFilledMap(value)) return `\n${writeMap(value, `${indent}  `)}`;
  if (isFilledList(value)) return `\n${writeList(value, `${indent}  `)}`;
  return ` ${writeScalar(value, indent)}\n`;
}

function writeList(items: readonly Value[], indent: string): string {
  return items.map((item) => `${indent}- ${writeItem(item, indent)}`).join('');
}

/** The first line of an item stands beside its dash, the others below it. */
function writeItem(item: Value, indent: string): string {
  const deeper = `${indent}  `;
  if (isFilledMap(item)) return writeMap(item, deeper).slice(deeper.length);
  if (isFilledList(item)) return writeList(item, deeper).slice(deeper.length);
  return `${writeScalar(item, indent)}\n`;
}

function writeScalar(value: Value, indent: string): string {
  const text = once(scalars, value, () => write({ k: value }).slice('k: '.length, -1));
  return text.includes('\n') ? text.replace(/\n(?=[^\n])/g, `\n${indent}`) : text;
}

function writeKey(key: string): string {
  return once(keys, key, () => write({ [key]: 0 }).slice(0, -': 0\n'.length));
}

function once(known: Map<string, string>, value: Value, compute: () => string): string {
  const name = JSON.stringify(value);
  const text = known.get(name) ?? compute();
  known.set(name, text);
  return text;
}

function write(values: object): string {
  return stringify(values, { version: '1.1', compat: 'core', lineWidth: 0, aliasDuplicateObjects: false });
}

function isFilledMap(value: Value): value is Values {
  return isMap(value) && Object.keys(value).length > 0;
}

function isFilledList(value: Value): value is readonly Value[] {
  return Array.isArray(value) && value.length > 0;
}
