import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { changedSomewhere, withoutNulls } from '../test/change-json.ts';
import { checkStructure } from './check-structure.ts';
import type { Json } from './json.ts';
import { parseManifests } from './parse-manifests.ts';
import type { RuleName } from './rules.ts';
import { schemaCatalog } from './schema-catalog.ts';
import { textFormats } from './text-formats.ts';

const catalog = schemaCatalog('1.35', 'published');
const corpus = new URL('../test/corpus/', import.meta.url);

/** Every object of the corpus of which the catalog knows the kind, valid or not, with the name of its kind. */
const samples = ['valid', 'invalid']
  .flatMap((folder) => readdirSync(new URL(folder, corpus)).map((name) => new URL(`${folder}/${name}`, corpus)))
  .flatMap((file) => parseManifests(readFileSync(file, 'utf8')))
  .map(({ object }) => ({ kind: `${object.apiVersion} ${object.kind}`, object: withoutNulls(object) }))
  .filter(({ kind }) => catalog.schemaOf(kind) !== undefined);

/** What JSON Schema cannot say, so that ajv cannot find it. */
const beyondJsonSchema: ReadonlySet<RuleName> = new Set(['duplicate-item', 'quantity-not-canonical']);

function isAcceptedByUs(kind: string, value: Json): boolean {
  const problems = checkStructure(value, catalog.schemaOf(kind) ?? {}, { path: [], catalog, isConfidential: false });
  return problems.every(({ rule }) => beyondJsonSchema.has(rule));
}

const ajv = new Ajv({ strict: false });
for (const [name, { accepts }] of Object.entries(textFormats)) ajv.addFormat(name, accepts);
ajv.addFormat('int32', { type: 'number', validate: (number: number) => Math.abs(number + 0.5) <= 2 ** 31 });
ajv.addFormat('int64', { type: 'number', validate: Number.isSafeInteger });
for (const name of ['double', 'int-or-string']) ajv.addFormat(name, true);

ajv.addSchema({ definitions: catalog.definitions }, 'catalog');

function isAcceptedByAjv(kind: string, value: Json): boolean {
  const validate = ajv.getSchema(`catalog${catalog.schemaOf(kind)?.$ref}`);
  if (!validate) throw new Error(`ajv knows no ${kind}`);
  return validate(value) === true;
}

describe('checkStructure', () => {
  it('agrees with ajv on the corpus', () => {
    const differing = samples.filter(
      ({ kind, object }) => isAcceptedByUs(kind, object) !== isAcceptedByAjv(kind, object),
    );
    expect(differing).toEqual([]);
  });

  it('agrees with ajv on the corpus with something changed at random', () => {
    const changed = fc
      .constantFrom(...samples)
      .chain(({ kind, object }) => fc.record({ kind: fc.constant(kind), value: changedSomewhere(object) }));
    fc.assert(
      fc.property(changed, ({ kind, value }) => isAcceptedByUs(kind, value) === isAcceptedByAjv(kind, value)),
      { numRuns: 1000 },
    );
  });
});
