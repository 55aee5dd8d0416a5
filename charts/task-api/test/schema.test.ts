import { describe, expect, it } from '@jest/globals';
import { HelmError } from '@task-api/helm';
import { readCases } from './support/read-cases.ts';
import { renderOwn } from './support/task-api-chart.ts';

describe.each(readCases('schema'))('schema $rule', ({ refused, accepted }) => {
  it.concurrent.each(refused)('refuses it at $path', async ({ values, path }) => {
    const error: unknown = await renderOwn(values).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HelmError);
    // The line above says so; Jest's matcher does not narrow.
    expect((error as HelmError).violations.map((violation) => violation.path)).toContain(path);
  });

  it.concurrent.each(accepted.map((values) => ({ values })))('accepts $values', async ({ values }) => {
    await expect(renderOwn(values)).resolves.not.toHaveLength(0);
  });
});
