import { describe, expect, it } from '@jest/globals';
import { componentKey } from './component-key.ts';

const source = { files: { 'go.mod': 'a', 'go.sum': 'b' }, flags: ['-trimpath'], goVersion: 'go1.26.8' };

describe('componentKey', () => {
  it('does not depend on the order of files', () => {
    expect(componentKey({ ...source, files: { 'go.sum': 'b', 'go.mod': 'a' } })).toBe(componentKey(source));
  });

  it.each([
    ['a file', { ...source, files: { ...source.files, 'go.sum': 'c' } }],
    ['a file more', { ...source, files: { ...source.files, 'main.go': '' } }],
    ['a flag', { ...source, flags: [] }],
    ['the compiler', { ...source, goVersion: 'go1.26.9' }],
  ])('changes with %s', (_, changed) => {
    expect(componentKey(changed)).not.toBe(componentKey(source));
  });

  it('does not take what moved from one file to the next for the same', () => {
    const moved = { ...source, files: { 'go.mod': 'ab', 'go.sum': '' } };
    expect(componentKey(moved)).not.toBe(componentKey(source));
  });
});
