import { findBase } from './ci/find-base.ts';
import type { StepResult } from './ci/run-step.ts';
import { steps } from './ci/steps.ts';
import { describeTally } from './test-run/describe-run.ts';

// What CI runs on a clean clone.
// Usage: run-ci.ts [everything|affected]     (NX_BASE: the commit before the change)
const [mode = 'everything'] = process.argv.slice(2);
const selected = mode === 'affected' ? steps.affected : steps.everything;
// Whatever Helm the machine has, both majors are tested: this one here, the other in a step of its own.
process.env.TASK_API_HELM_MAJOR ??= '4';
const base = findBase(process.env, process.cwd());
const results: StepResult[] = [];

for (const step of selected) {
  const start = Date.now();
  const result = await step(base);
  results.push(result);
  print(`\n── ${result.name}: ${describeTally(result)} after ${Math.round((Date.now() - start) / 1000)} s\n`);
}

const width = Math.max(...results.map(({ name }) => name.length));
print('CI in short:');
for (const result of results) {
  print(`  ${result.name.padEnd(width)}  ${describeTally(result)}  ${result.note}`);
  for (const failure of result.failures) print(`  ${' '.repeat(width)}  failed: ${failure}`);
}
const total = { passed: sum(results.map(({ passed }) => passed)), failed: sum(results.map(({ failed }) => failed)) };
print(describeTally(total));
process.exitCode = total.failed === 0 ? 0 : 1;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
