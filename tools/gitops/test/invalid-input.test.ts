import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvalidInput } from './invalid-input.ts';
import { restore, type TemporaryCheckout, temporaryCheckout } from './temporary-checkout.ts';

const folder = join(import.meta.dirname, 'invalid');
const rules = readdirSync(folder).map((file) => basename(file, '.ts'));
const load = async (rule: string): Promise<InvalidInput> => (await import(join(folder, `${rule}.ts`))).input;

let checkout: TemporaryCheckout;
let revision: string;
beforeAll(async () => {
  checkout = await temporaryCheckout();
  revision = /[0-9a-f]{40}/.exec(checkout.read('environments/prod/release.yaml'))?.[0] ?? '';
});
afterEach(() => restore(checkout));
afterAll(() => checkout.remove());

function write(files: InvalidInput['invalid']): void {
  const pinned = Object.entries(files).map(([path, text]) => [path, text.replace('REVISION', revision)] as const);
  checkout.write(Object.fromEntries(pinned));
}

describe.each(rules)('%s', (rule) => {
  it('is rejected with a message that tells what and where', async () => {
    const { args, invalid, exitCode, message } = await load(rule);
    write(invalid);
    const outcome = await checkout.run(...args);
    expect(`${outcome.stdout}${outcome.stderr}`).toContain(message);
    expect(outcome.exitCode).toBe(exitCode);
  });

  it('has a twin that is accepted', async () => {
    const { args, valid } = await load(rule);
    write(valid);
    expect(await checkout.run(...args)).toMatchObject({ exitCode: 0 });
  });
});
