import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as library from '../src/index.ts';
import { createEnvironment, smallChart } from './small-fleet.ts';

const readText = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

/** What an example of the README claims: `expression; // result`, the result also in comments below. */
interface Claim {
  readonly before: string;
  readonly expression: string;
  readonly result: string;
}

const examples = [...readText('../README.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
const claims = examples.flatMap(claimsOf);

describe('README.md', () => {
  it.each(claims.map((claim) => [claim.expression, claim] as const))(
    'is right about %s',
    (_, { before, expression, result }) => {
      expect(evaluate(before, expression)).toEqual(evaluate('', result));
    },
  );

  it('shows an environment that defineEnvironment takes', () => {
    const [environment = ''] = examples;
    const input = evaluate('', environment.slice(environment.indexOf('defineEnvironment({')).replace(/;\n$/, ''));
    expect(library.isDefinedEnvironment(input)).toBe(true);
  });

  it('makes claims', () => {
    expect(claims).toHaveLength(5);
  });
});

function claimsOf(code: string): readonly Claim[] {
  const withoutImports = code.replaceAll(/^import .*\n/gm, '');
  const found = withoutImports.matchAll(/^(\w[^\n]*);(?: \/\/ ([^\n]+)\n|\n((?:\/\/ [^\n]*\n)+))/gm);
  return [...found].map(({ index, 1: expression = '', 2: inline, 3: below = '' }) => ({
    before: withoutImports.slice(0, index).replaceAll(/^[a-z]\w*\(.*\n/gm, ''),
    expression,
    result: inline ?? below.replaceAll(/^\/\/ /gm, ''),
  }));
}

function evaluate(before: string, expression: string): unknown {
  const names = {
    ...library,
    environment: createEnvironment('prod'),
    chart: smallChart,
    tierText: readText('../src/tiers.ts'),
  };
  return new Function(...Object.keys(names), `${before}\nreturn (${expression.trim()});`)(...Object.values(names));
}
