import { describe, expect, it } from '@jest/globals';
import { readChartMode } from './chart-mode.ts';

const file = 'environments/qa/environment.ts';

describe('readChartMode', () => {
  it('reads pinned and floating', () => {
    expect(readChartMode("export default {\n  chart: 'pinned',\n}", file)).toBe('pinned');
    expect(readChartMode('export default {\n  chart: "floating",\n}', file)).toBe('floating');
  });

  it('does not take a comment for the setting', () => {
    const text = "// chart: 'pinned'\n/*\n * chart: 'pinned'\n */\n  chart: 'floating',";
    expect(readChartMode(text, file)).toBe('floating');
  });

  it('names the file and the two values when the line is missing', () => {
    expect(() => readChartMode("chart: mode,\n  tier: 'dev'", file)).toThrow(
      "environments/qa/environment.ts does not say which chart it deploys; write chart: 'pinned' or chart: 'floating', literally, on a line of its own",
    );
  });

  it('refuses a second line instead of guessing', () => {
    const text = "  chart: 'pinned',\n  chart: 'floating',";
    expect(() => readChartMode(text, file)).toThrow('environments/qa/environment.ts has more than one line');
  });
});
