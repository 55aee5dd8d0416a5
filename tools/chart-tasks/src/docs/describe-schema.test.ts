import { describe, expect, it } from '@jest/globals';
import { describeSchema } from './describe-schema.ts';
import { readParameters } from './read-parameters.ts';

const schema = { properties: { image: { properties: { tag: { description: 'Old.' } } } } };

describe('describeSchema', () => {
  it('takes over the sentences of values.yaml', () => {
    const described = describeSchema(schema, [{ path: 'image.tag', sentence: 'Tag of the image.' }]);
    expect(described).toEqual({ properties: { image: { properties: { tag: { description: 'Tag of the image.' } } } } });
  });

  it('gives back the same schema when nothing changes', () => {
    expect(describeSchema(schema, [{ path: 'image.tag', sentence: 'Old.' }])).toBe(schema);
  });

  it('leaves alone what the schema says elsewhere', () => {
    expect(describeSchema(schema, [{ path: 'resources.limits.cpu', sentence: 'CPU.' }])).toBe(schema);
  });
});

describe('readParameters', () => {
  it('reads path and sentence, without the modifiers of the generator', () => {
    const values =
      'image:\n  ## @param image.tag [string, nullable] Tag of the image.\n  tag: ""\n## Not a parameter.\n';
    expect(readParameters(values)).toEqual([{ path: 'image.tag', sentence: 'Tag of the image.' }]);
  });
});
