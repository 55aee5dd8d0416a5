import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type KubernetesVersion, parseManifests, rules, validateObjects } from '../src/index.ts';

const corpus = new URL('./corpus/', import.meta.url);
const names = readdirSync(new URL('invalid/', corpus));

/** A file is named for the rule that it breaks, with the case after a dot: `not-allowed.restart-policy.yaml`. */
const ruleOf = (name: string) => name.split('.')[0];
const read = (kind: 'valid' | 'invalid', name: string) => readFileSync(new URL(`${kind}/${name}`, corpus), 'utf8');
const header = (text: string, key: string) => new RegExp(`^# ${key}: (.*)$`, 'm').exec(text)?.[1];

function findingsIn(text: string) {
  // The corpus names only versions of the table; another one makes the validation throw.
  const kubernetesVersion = (header(text, 'kubernetes') ?? '1.35') as KubernetesVersion;
  const found = validateObjects(parseManifests(text), { kubernetesVersion, namespace: 'shop' });
  return found.map(({ rule, path, message }) => ({ rule, path, message }));
}

describe('the corpus', () => {
  it('has an invalid file for every rule', () => {
    expect(new Set(names.map(ruleOf))).toEqual(new Set(Object.keys(rules)));
  });

  it('has a valid twin for every invalid file', () => {
    expect(readdirSync(new URL('valid/', corpus))).toEqual(names);
  });
});

describe.each(names)('%s', (name) => {
  it('breaks its rule, and only that', () => {
    const text = read('invalid', name);
    expect(findingsIn(text)).toEqual([
      { rule: ruleOf(name), path: header(text, 'path'), message: header(text, 'says') },
    ]);
  });

  it('has a twin that is valid', () => {
    expect(findingsIn(read('valid', name))).toEqual([]);
  });
});
