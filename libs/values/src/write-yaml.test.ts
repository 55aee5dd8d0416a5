import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { writeYaml } from './write-yaml.ts';

const library = (values: object) =>
  stringify(values, { version: '1.1', compat: 'core', lineWidth: 0, aliasDuplicateObjects: false });

const text = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    'off',
    '0o17',
    '1.10',
    '1e3',
    '~',
    'null',
    '- a',
    'a: b',
    'a #b',
    '# a',
    ' a',
    'a ',
    '---',
    '%a',
    '{{ a }}',
  ),
  fc.constantFrom(
    'a\nb\n',
    'a\n\nb',
    '\na',
    ' a\nb\n',
    'a\n ',
    'a\n\n',
    'a: b\nc: d\n',
    'a\tb',
    '\t',
    'a"b\'c',
    '…\nü\n',
  ),
);
const key = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,12}$/),
  fc.constantFrom('no', 'a b', 'a: b', '$x', '0x1'),
);
const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(key, tie('data'), { maxKeys: 4 }),
  ),
}));

describe('writeYaml', () => {
  it('writes what the yaml library writes', () => {
    fc.assert(
      fc.property(fc.dictionary(key, data, { maxKeys: 4 }), (values) =>
        expect(writeYaml(values)).toBe(library(values)),
      ),
      { numRuns: 2000 },
    );
  });
});
