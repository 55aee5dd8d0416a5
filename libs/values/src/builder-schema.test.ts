import { describe, expect, it } from '@jest/globals';
import { builderSchema, layerSchema } from './builder-schema.ts';
import { compileSchema } from './compile-schema.ts';
import { schemaProblems } from './schema-problems.ts';

const chart = {
  type: 'object',
  additionalProperties: false,
  required: ['size'],
  properties: { size: { enum: ['small', 'large'] }, db: { type: 'object', additionalProperties: true } },
};
const dependency = {
  type: 'object',
  additionalProperties: false,
  properties: { port: { $ref: '#/definitions/port' } },
  definitions: { port: { type: 'integer', minimum: 1 } },
};
const schema = builderSchema(chart, { db: dependency });
const problemsIn = (check: typeof schema, values: object) => schemaProblems(compileSchema(check), values, 'values');

describe('builderSchema', () => {
  it('holds the table of a dependency to the schema of the dependency', () => {
    expect(problemsIn(schema, { size: 'small', db: { port: 1 } })).toEqual([]);
    expect(problemsIn(schema, { size: 'small', db: { prot: 1 } })).toMatchObject([
      { rule: 'unknown-key', path: ['db', 'prot'], hint: 'db.port' },
    ]);
    expect(problemsIn(schema, { size: 'small', db: { port: 0 } })).toMatchObject([
      { rule: 'out-of-range', path: ['db', 'port'] },
    ]);
  });
});

describe('layerSchema', () => {
  const layer = layerSchema(schema);

  it('requires nothing and lets null remove anything', () => {
    expect(problemsIn(layer, {})).toEqual([]);
    expect(problemsIn(layer, { size: null, db: { port: null } })).toEqual([]);
  });

  it('still knows which keys and values there are', () => {
    expect(problemsIn(layer, { db: { prot: null } })).toMatchObject([{ rule: 'unknown-key', path: ['db', 'prot'] }]);
    expect(problemsIn(layer, { size: 'huge' })).toMatchObject([{ rule: 'not-allowed', allowed: 'small, large' }]);
  });
});
