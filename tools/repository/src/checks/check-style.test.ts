import { describe, expect, it } from '@jest/globals';
import { complaintsOf, memoryRepository } from '../../test/memory-repository.ts';
import { checkStyle } from './check-style.ts';

const functionOf = (lines: number) => `export function long() {\n${'  work();\n'.repeat(lines - 2)}}\n`;
const complain = (files: Readonly<Record<string, string>>) => complaintsOf(checkStyle, files);

describe('style', () => {
  it('accepts short functions, and does not measure tests or generated files', async () => {
    const files = { 'a.ts': functionOf(10), 'a.test.ts': functionOf(90), 'b.gen.ts': functionOf(90) };
    expect(await complain(files)).toEqual([]);
  });

  it('wants three functions in four within ten lines', async () => {
    expect(await complain({ 'a.ts': functionOf(11) })).toEqual([
      'CONTRIBUTING.md asks for 75 % of functions with at most 10 lines; it is 0 %. Split the longest ones listed above.',
    ]);
  });

  it('wants at most three parameters, and no boolean by position', async () => {
    expect(
      await complain({ 'a.ts': 'export const f = (a: A, b: B, c: C, isLast: boolean) => g(a, b, c, isLast);\n' }),
    ).toEqual([
      'a.ts:1 f has 4 parameters; at most 3, then one options object',
      'a.ts:1 f takes a boolean by position, which says nothing where it is called; make it a property or two functions',
    ]);
  });

  it('wants a reason beside a cast', async () => {
    expect(await complain({ 'a.ts': 'const a = b as C;\n' })).toEqual([
      'a.ts:1 casts without saying why it may; put the reason in a comment beside it',
    ]);
    expect(
      await complain({ 'a.ts': 'const a = b as C; // checked above\n// The schema says so.\nconst d = e as F;\n' }),
    ).toEqual([]);
    expect(await complain({ 'a.ts': 'const a = [1] as const;\n' })).toEqual([]);
  });

  it('wants few files at the top, and names that say something', async () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`file-${index}.md`, '']));
    expect(await complain(many)).toEqual([
      '. holds 21 files; at most 20. Move configuration into the package it belongs to.',
    ]);
    expect(await complain({ 'src/utils.ts': '' })).toEqual([
      'src/utils.ts is named for nothing; name the file for the one thing it exports',
    ]);
  });

  it('prints the figures either way', async () => {
    const { report } = await checkStyle.run(memoryRepository({ 'a.ts': functionOf(3) }));
    expect(report?.join('\n')).toContain('functions 1: <=10 100 % (aim 75), <=25 100 % (aim 92), <=50 100 % (aim 98)');
  });
});
