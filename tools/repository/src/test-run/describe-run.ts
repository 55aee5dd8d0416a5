import type { Tally } from './count-tests.ts';
import type { TaskOutcome } from './run-record.ts';

const slowestShown = 5;
const worthNamingMs = 500;

/** What failed tasks printed, then the figures of the run. */
export function describeRun(tasks: readonly TaskOutcome[], tally: Tally, durationMs: number): string {
  const failed = tasks.filter(({ exitCode }) => exitCode !== 0 && exitCode !== undefined);
  return [
    ...failed.flatMap(describeFailure),
    ...describeFailures(tally),
    ...describeFigures(tasks, tally, durationMs),
  ].join('\n');
}

/** The line that ends every test run. */
export function describeTally({ passed, failed }: Pick<Tally, 'passed' | 'failed'>): string {
  return `${passed} passed, ${failed} failed`;
}

function describeFailure({ id, output }: TaskOutcome): readonly string[] {
  return ['', `──── ${id} ────`, output.trim()];
}

function describeFailures({ failures }: Tally): readonly string[] {
  return failures.length === 0 ? [] : ['', 'Failed:', ...failures.map((line) => `  ${line}`)];
}

function describeFigures(tasks: readonly TaskOutcome[], { skipped }: Tally, durationMs: number): readonly string[] {
  const projects = new Set(tasks.map(({ project }) => project)).size;
  const cached = tasks.filter(({ isCached }) => isCached).length;
  const figures = `${tasks.length} tasks of ${projects} projects, ${cached} from the cache, in ${seconds(durationMs)}`;
  return ['', figures, ...slowest(tasks), ...(skipped === 0 ? [] : [`${skipped} tests skipped`])];
}

function slowest(tasks: readonly TaskOutcome[]): readonly string[] {
  const fresh = tasks.filter(({ isCached, durationMs }) => !isCached && durationMs > worthNamingMs);
  const sorted = fresh.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, slowestShown);
  return sorted.length === 0
    ? []
    : [`slowest: ${sorted.map(({ id, durationMs }) => `${id} ${seconds(durationMs)}`).join(', ')}`];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
