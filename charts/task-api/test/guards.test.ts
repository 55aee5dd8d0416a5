import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCases } from './support/read-cases.ts';
import { chartDirectory, renderOwn } from './support/task-api-chart.ts';

const cases = readCases('guards');
const template = readFileSync(join(chartDirectory, 'templates/validations.yaml'), 'utf8');

describe.each(cases)('guard $rule', ({ rule, refused, accepted }) => {
  it.concurrent.each(refused)('refuses: $message', async ({ values, message = '' }) => {
    const refusal = await renderOwn(values).then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
    expect(refusal).toContain(message);
    expect(refusal).toContain(`[${rule}]`);
  });

  it.concurrent.each(accepted.map((values) => ({ values })))('accepts $values', async ({ values }) => {
    await expect(renderOwn(values)).resolves.not.toHaveLength(0);
  });
});

describe('the guards', () => {
  const defined = [...template.matchAll(/define "task-api\.guard\.([^"]+)"/g)].map(([, name]) => name);
  const listed = [...template.matchAll(/^ {2}"([a-z-]+)"$/gm)].map(([, name]) => name);

  it('are all in the list at the end', () => {
    expect(listed).toEqual(defined);
  });

  it('have cases each, here or, when they read live state, in live-state.test.ts', () => {
    const live = [
      'postgresql-architecture-change',
      'postgresql-name-change',
      'agent-name-change',
      'volume-size-change',
    ];
    expect(new Set([...cases.map(({ rule }) => rule), ...live])).toEqual(new Set(defined));
  });

  it('report everything that is wrong at once', async () => {
    const values = { ingress: { enabled: true }, httpRoute: { enabled: true } };
    await expect(renderOwn(values)).rejects.toThrow(/\[ingress-hosts\]\n- .*\[httproute-parents\]/);
  });
});
