import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isDefinedEnvironment } from '@task-api/values';
import { evaluateEnvironments } from './evaluate-environments.ts';
import { type Evaluate, replay } from './replay-evaluations.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function evaluator(text: string): Promise<Evaluate> {
  const path = join(folder, 'environment.ts');
  writeFileSync(path, text);
  return replay('prod', (await evaluateEnvironments([{ name: 'prod', path }])).get('prod') ?? []);
}

const withDefine = (body: string) =>
  `import { defineEnvironment } from '@task-api/values';\nexport default defineEnvironment(${body});\n`;

describe('evaluateEnvironments', () => {
  it('gives what the default export holds, marked as made by defineEnvironment', async () => {
    const value = await (await evaluator(withDefine(`{ tier: 'prod' as const } as never`)))();
    expect([value, isDefinedEnvironment(value)]).toEqual([{ tier: 'prod' }, true]);
  });

  it('does not mark a plain object', async () => {
    const value = await (await evaluator(`export default { tier: 'prod' };`))();
    expect([value, isDefinedEnvironment(value)]).toEqual([{ tier: 'prod' }, false]);
  });

  it('gives undefined without a default export', async () => {
    expect(await (await evaluator('export const tier = 1;'))()).toBeUndefined();
  });

  it.each([
    ['chance', 'Math.random()'],
    ['the clock', 'Date.now()'],
    ['a new Date', 'new Date().toISOString()'],
  ])('evaluates afresh, so %s shows', async (_, expression) => {
    const evaluate = await evaluator(`export default { value: ${expression} };`);
    expect(await evaluate()).not.toEqual(await evaluate());
  });

  it('gives the same twice for data, whatever process.env holds', async () => {
    const evaluate = await evaluator(
      'export default { home: process.env.HOME ?? "none", day: new Date(0).toISOString() };',
    );
    const [first, second] = [await evaluate(), await evaluate()];
    expect([first, second]).toEqual([{ home: 'none', day: '1970-01-01T00:00:00.000Z' }, first]);
  });

  it('rejects with the error that was thrown, its stack naming the line', async () => {
    const evaluate = await evaluator(`\n\nthrow new Error('no such tier');`);
    await expect(evaluate()).rejects.toMatchObject({
      message: 'no such tier',
      stack: expect.stringMatching(/environment\.ts[^\s]*:3:/),
    });
  });

  it('rejects with a SyntaxError, its stack naming the line', async () => {
    const evaluate = await evaluator(`\nexport default { tier: ;`);
    await expect(evaluate()).rejects.toMatchObject({
      name: 'SyntaxError',
      stack: expect.stringMatching(/environment\.ts:2/),
    });
  });

  it.each(["import 'node:fs';", "export * from './other.ts';", "await import('node:os');"])(
    'refuses %s',
    async (statement) => {
      const evaluate = await evaluator(`${statement}\nexport default {};`);
      await expect(evaluate()).rejects.toThrow(
        /it imports "(node:fs|node:os|\.\/other\.ts)"; allowed is @task-api\/values and nothing else/,
      );
    },
  );

  it.each([
    ['ends the process', 'process.exit(0);', 'it ended the thread that reads it'],
    ['never settles', 'await new Promise(() => undefined);', 'it ended the thread that reads it'],
    [
      'throws later',
      "setTimeout(() => { throw new Error('later'); });\nawait new Promise((done) => setTimeout(done, 999));",
      'later',
    ],
  ])('rejects an environment that %s', async (_, statement, reason) => {
    await expect(evaluator(`${statement}\nexport default {};`)).rejects.toThrow(`does more than give data: ${reason}`);
  });

  it('waits for no timer and prints nothing', async () => {
    const evaluate = await evaluator(
      "setInterval(() => undefined, 60_000);\nconsole.log('noise');\nexport default {};",
    );
    expect(await evaluate()).toEqual({});
  });

  it.each([
    ['a function', '{ values: { tag: () => 1 } }', 'values.tag is a function'],
    ['undefined', '{ tier: undefined }', 'tier is undefined'],
    ['a Date', '{ since: new Date(0) }', 'since is a Date'],
    ['NaN', '{ list: [NaN] }', 'list.0 is NaN'],
  ])('rejects %s, which is no data', async (_, body, message) => {
    const evaluate = await evaluator(`export default ${body};`);
    await expect(evaluate()).rejects.toThrow(message);
  });
});
