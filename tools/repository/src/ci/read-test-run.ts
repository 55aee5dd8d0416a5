import type { CommandOutcome, StepResult } from './run-step.ts';

/** Reads the closing lines of a test run. A run that does not close with its count has failed, whatever it printed. */
export function readTestRun(name: string, { exitCode, output }: CommandOutcome): StepResult {
  const { passed, failed } = /^(?<passed>\d+) passed, (?<failed>\d+) failed$/m.exec(output)?.groups ?? {};
  if (passed === undefined || failed === undefined)
    return { name, passed: 0, failed: 1, note: 'did not come to its end', failures: [] };
  const uncounted = exitCode !== 0 && failed === '0' ? 1 : 0;
  const counted = { passed: Number(passed), failed: Number(failed) + uncounted };
  return { name, ...counted, note: figuresOf(output), failures: failuresIn(output) };
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

/** The list that a test run closes with when something failed; what tests print comes before it. */
function failuresIn(output: string): readonly string[] {
  const lists = [...output.matchAll(/^Failed:\n(?<lines>(?: {2}.*\n)+)/gm)];
  return (lists.at(-1)?.groups?.lines ?? '').split('\n').flatMap((line) => (line === '' ? [] : [line.trim()]));
}

function figuresOf(output: string): string {
  return /^\d+ tasks of .*$/m.exec(output)?.[0] ?? '';
}
