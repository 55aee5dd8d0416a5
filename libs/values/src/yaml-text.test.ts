import { describe, expect, it } from '@jest/globals';
import { writeYaml } from './write-yaml.ts';
import { readYaml } from './yaml-text.ts';

const read = (text: string) => readYaml({ file: 'values.yaml', text });

describe('readYaml', () => {
  it('reads what Helm reads', () => {
    expect(read('off: 017\n').values).toEqual({ false: 15 });
  });

  it('knows the line of a key, or of the nearest key around it', () => {
    const { lineOf } = read('a:\n  b:\n    - c: 1\n      d: 2\n');
    expect(lineOf(['a'])).toBe(1);
    expect(lineOf(['a', 'b', '0', 'd'])).toBe(4);
    expect(lineOf(['a', 'x', 'y'])).toBe(1);
    expect(lineOf(['x'])).toBeUndefined();
  });

  it('takes an empty file for an empty map', () => {
    expect(read('# nothing\n').values).toEqual({});
  });

  it('says where a file is no YAML, or no map', () => {
    expect(() => read('a: 1\nb: "x\n')).toThrow(
      'values.yaml:3: values.yaml is not YAML as Helm reads it: Missing closing "quote',
    );
    expect(() => read('a: 1\na: 2\n')).toThrow(
      'values.yaml:2: values.yaml is not YAML as Helm reads it: Map keys must be unique',
    );
    expect(() => read('- a\n')).toThrow('values.yaml:1: values.yaml is not YAML as Helm reads it: it has to be a map');
  });
});

describe('writeYaml', () => {
  it('quotes what another version of YAML would not take for text', () => {
    expect(writeYaml({ mode: 'off', id: '0o17', tag: '1.10' })).toBe('mode: "off"\nid: "0o17"\ntag: "1.10"\n');
  });

  it('neither folds lines nor writes anchors', () => {
    const shared = { text: 'word '.repeat(60).trim() };
    expect(writeYaml({ a: shared, b: shared })).toBe(`a:\n  text: ${shared.text}\nb:\n  text: ${shared.text}\n`);
  });
});
