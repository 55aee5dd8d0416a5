import type { CommandOutcome, StepResult } from './run-step.ts';

/** Reads the closing lines of a test run. A run that does not close with its count has failed, whatever it printed. */
export function readTestRun(name: string, { exitCode, output }: CommandOutcome): StepResult {
  const { passed, failed } = /^(?<passed>\d+) passed, (?<failed>\d+) failed$/m.exec(output)?.groups ?? {};
  if (passed === undefined || failed === undefined)
    return { name, passed: 0, failed: 1, note: 'did not come to its end', failures: [] };
  const uncounted = exitCode !== 0 && failed === '0' ? 1 : 0;
  const counted = { passed: Number(passed), failed: Number(failed) + uncounted };
  return { name, ...counted, note: describeRun(output), failures: listUnder(failedTitle, output) };
}

/** Passes when every task of a test run came from the cache; tests that passed before are not counted again. */
export function judgeSecondRun(name: string, outcome: CommandOutcome): StepResult {
  const { failed, failures } = readTestRun(name, outcome);
  const { tasks, cached } =
    /^(?<tasks>\d+) tasks of .*?(?<cached>\d+) from the cache/m.exec(outcome.output)?.groups ?? {};
  const isGood = failed === 0 && tasks !== undefined && tasks === cached;
  return {
    name,
    passed: isGood ? 1 : 0,
    failed: isGood ? 0 : 1,
    note: `${cached ?? 0} of ${tasks ?? 0} tasks came from the cache`,
    failures,
  };
}

const failedTitle = 'Failed:';
/** Of a run that gives what failed another chance. */
const repeatedTitle = 'Passed at the second attempt only; the first failed:';

/** The indented lines below a title, as a test run closes with them; what tests print comes before. */
function listUnder(title: string, output: string): readonly string[] {
  const lines = output.split('\n');
  const below = lines.slice(lines.lastIndexOf(title) + 1);
  const end = below.findIndex((line) => !line.startsWith('  '));
  return lines.includes(title) ? below.slice(0, end).map((line) => line.trim()) : [];
}

/** What there is to know of a run beyond its count. */
function describeRun(output: string): string {
  const repeated = listUnder(repeatedTitle, output).map((line) => `at the second attempt only: ${line}`);
  const [figures] = /^\d+ tasks of .*$/m.exec(output) ?? [];
  return [...(figures === undefined ? [] : [figures]), ...repeated].join('; ');
}
