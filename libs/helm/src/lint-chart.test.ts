import { describe, expect, it } from '@jest/globals';
import { sampleCheckout } from '../test/support/sample-checkout.ts';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeFiles } from '../test/support/write-files.ts';
import { findHelm } from './find-helm.ts';
import { lintChart } from './lint-chart.ts';
import { prepareChart } from './prepare-chart.ts';

const env = { PATH: process.env.PATH, XDG_CACHE_HOME: temporaryDirectory() };

describe.each([3, 4] as const)('lintChart under Helm %d', (major) => {
  const lint = async (files: Readonly<Record<string, string>>, values: readonly string[] = []) => {
    const root = sampleCheckout();
    writeFiles(root, files);
    const helm = await findHelm({ major });
    const chart = await prepareChart({ root, helm, env, lane: 'mirror' });
    return lintChart(helm, { chart, values, strict: true });
  };

  it('accepts a chart in order', async () => {
    expect(await lint({})).toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  it('refuses values that the schema refuses', async () => {
    await expect(lint({}, ['limit: 50'])).rejects.toThrow(/^helm lint --strict rejects \S+:\n.*limit/s);
  });

  it('refuses a template that cannot be parsed, and names it', async () => {
    const broken = { 'charts/task-api/templates/broken.yaml': 'a: {{ nosuch }}\n' };
    await expect(lint(broken)).rejects.toMatchObject({
      rule: 'lint',
      template: 'task-api/templates/broken.yaml',
      line: 1,
    });
  });
});
