import { describe, expect, it } from '@jest/globals';
import { HelmError } from '@task-api/helm';
import { readCases } from './support/read-cases.ts';
import { renderOwn } from './support/task-api-chart.ts';
import { withoutClash } from './support/without-clash.ts';

const cases = readCases('schema');
const refusedTogether = withoutClash(cases.flatMap(({ refused }) => refused.map(({ values }) => values)));
const acceptedTogether = withoutClash(cases.flatMap(({ accepted }) => accepted));
const refusals = new Map([...new Set(refusedTogether.values())].map((values) => [values, refusalOf(values)]));
const judgements = new Map([...new Set(acceptedTogether.values())].map((values) => [values, refusalOf(values)]));

describe.each(cases)('schema $rule', ({ refused, accepted }) => {
  it.each(refused)('refuses it at $path', async ({ values, path }) => {
    const error = await refusals.get(refusedTogether.get(values) ?? values);
    expect(error?.violations.map((violation) => violation.path)).toContain(path);
  });

  it.each(accepted.map((values) => ({ values })))('accepts $values', async ({ values }) => {
    expect(await judgements.get(acceptedTogether.get(values) ?? values)).toBeUndefined();
  });
});

async function refusalOf(values: object): Promise<HelmError | undefined> {
  try {
    await renderOwn({ ...values });
    return undefined;
  } catch (error) {
    if (error instanceof HelmError) return error;
    throw error;
  }
}
