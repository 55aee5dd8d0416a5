import { describe, expect, it } from '@jest/globals';
import { alternativeTo } from './alternative-to.ts';
import { nested, openMaps, type Schema, schemaAt, valueAt } from './values-at-paths.ts';

const schema: Schema = {
  type: 'object',
  additionalProperties: false,
  definitions: { size: { type: ['string'], pattern: '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$' } },
  properties: {
    global: { type: 'object', additionalProperties: true, properties: { registry: { type: 'string' } } },
    disk: {
      type: 'object',
      additionalProperties: false,
      properties: { size: { $ref: '#/definitions/size' }, mode: { enum: ['fast', 'slow'] } },
    },
  },
};

describe('schemaAt, valueAt and nested', () => {
  it('agree about a path', () => {
    const path = ['disk', 'mode'];
    expect(valueAt(nested(path, 'slow'), path)).toBe('slow');
    expect(schemaAt(schema, path)?.enum).toEqual(['fast', 'slow']);
  });

  it('find nothing where there is nothing', () => {
    expect(valueAt({}, ['disk', 'mode'])).toBeUndefined();
    expect(schemaAt(schema, ['disk', 'colour'])).toBeUndefined();
  });
});

describe('openMaps', () => {
  it('names the maps that take keys they do not name', () => {
    expect(openMaps(schema)).toEqual(['global']);
  });
});

describe('alternativeTo', () => {
  it.each([
    ['a boolean', true, { type: 'boolean' }, false],
    ['a number', 3, { type: 'integer' }, 4],
    ['no number', '', { anyOf: [{ type: 'integer' }, { type: 'string' }] }, 7],
    ['a text', 'a', { type: 'string' }, 'ax'],
    ['one of few', 'fast', { enum: ['fast', 'slow'] }, 'slow'],
    ['a size', '1Gi', { $ref: '#/definitions/size' }, '7Gi'],
    ['a list', ['a'], { type: 'array', items: { enum: ['a', 'b'] } }, ['b']],
    ['a map', {}, { type: 'object', properties: { cpu: { type: 'integer' } } }, { cpu: 7 }],
    ['an open map', {}, { type: 'object' }, { name: 'x' }],
  ])('finds another value than %s', (_, value, of, expected) => {
    expect(alternativeTo(value, of, schema.definitions)).toEqual(expected);
  });
});
