import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { chartDirectory } from './support/task-api-chart.ts';
import { leavesOf } from './support/values-leaves.ts';

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly additionalProperties?: boolean | Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $ref?: string;
}

const schema: Schema = JSON.parse(readFileSync(join(chartDirectory, 'values.schema.json'), 'utf8'));
const values = readFileSync(join(chartDirectory, 'values.yaml'), 'utf8');
const sentences = [...values.matchAll(/^\s*## @param (\S+) (?:\[.*?\] )?(.*)$/gm)].map(([, path = '', text = '']) => ({
  path,
  text,
}));

describe('values.yaml', () => {
  it.each(sentences)('says about $path in one sentence what happens', ({ text }) => {
    expect(text).toMatch(/^[A-Z"a-z].{15,}\.$/);
  });

  it('has a sentence for every value', () => {
    const documented = new Set(sentences.map(({ path }) => path));
    const undocumented = leavesOf(chartDirectory).filter(({ path }) => !documented.has(path.join('.')));
    expect(undocumented).toEqual([]);
  });
});

describe('values.schema.json', () => {
  const properties = propertiesOf(schema, []);

  it('describes every property', () => {
    expect(properties.filter(({ property }) => !property.description).map(({ path }) => path)).toEqual([]);
  });

  it('has a property for every value', () => {
    const known = new Set(properties.map(({ path }) => path));
    expect(leavesOf(chartDirectory).filter(({ path }) => !known.has(path.join('.')))).toEqual([]);
  });

  it('is open only for other charts and for what Kubernetes may add', () => {
    const open = properties.filter(({ property }) => isOpen(property));
    const roots = new Set(open.map(({ path }) => path.split('.')[0]));
    expect(roots).toEqual(new Set(['global', 'postgresql', 'redis', 'podSecurityContext', 'securityContext']));
  });

  it('asks no network for parts of itself, which Helm 4 would fetch', () => {
    const references = JSON.stringify(schema).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.filter((reference) => !reference.startsWith('"$ref":"#/definitions/'))).toEqual([]);
  });
});

function isOpen({ properties, additionalProperties = true }: Schema): boolean {
  return properties !== undefined && additionalProperties === true;
}

interface Property {
  readonly path: string;
  readonly property: Schema;
}

/** Every property below a schema, references followed. */
function propertiesOf({ properties = {}, items }: Schema, parent: readonly string[]): readonly Property[] {
  const own = Object.entries(properties).flatMap(([key, written]) => {
    const path = [...parent, key];
    const property = { ...referenced(written), ...written };
    return [{ path: path.join('.'), property }, ...propertiesOf(property, path)];
  });
  return items ? [...own, ...propertiesOf({ ...referenced(items), ...items }, parent)] : own;
}

function referenced({ $ref = '' }: Schema): Schema {
  return schema.definitions?.[$ref.replace('#/definitions/', '')] ?? {};
}
