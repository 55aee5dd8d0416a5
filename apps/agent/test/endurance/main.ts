import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { stopTestAgents } from '../support/test-agent.ts';
import { Checks } from './checks.ts';
import type { Endurance } from './scenario.ts';

const directory = join(import.meta.dirname, 'scenarios');
const started = Date.now();

const program = new Command('endurance')
  .description('Loads the agent for minutes while its surroundings fail, counts what is lost, and prints figures.')
  .option('--only <names...>', 'run these scenarios alone')
  .option('--scale <factor>', 'fraction of the full length, for a first look', Number, 1)
  .option('--list', 'name the scenarios and end')
  .addHelpText('after', '\nExample: node apps/agent/test/endurance/main.ts --only queue redis-outage --scale 0.1')
  .parse();
const { only, scale, list } = program.opts<{
  readonly only?: readonly string[];
  readonly scale: number;
  readonly list?: true;
}>();
if (!(scale > 0 && scale <= 1))
  program.error(`--scale is "${scale}"; allowed is a number above 0 and not above 1`, { exitCode: 2 });
const scenarios = await loadScenarios();
if (list) for (const { name, title } of scenarios) print(`${name.padEnd(20)}${title}`);
else await runAll(scenarios.filter(({ name }) => only?.includes(name) ?? true));

async function loadScenarios(): Promise<readonly Endurance[]> {
  const files = readdirSync(directory).sort();
  const modules = await Promise.all(
    files.map(async (file): Promise<{ readonly scenario: Endurance }> => import(join(directory, file))),
  );
  const found = modules.map(({ scenario }) => scenario);
  const names = found.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    program.error(`there is no scenario "${unknown}"; allowed are ${names.join(', ')}`, { exitCode: 2 });
  return found;
}

async function runAll(selected: readonly Endurance[]): Promise<void> {
  const checks: Checks[] = [];
  for (const scenario of selected) checks.push(await runOne(scenario));
  const results = checks.flatMap((one) => one.results);
  const failed = results.filter(({ isGood }) => !isGood);
  if (failed.length > 0) print(`\nFailed:\n${failed.map(({ claim, detail }) => `  ${claim}: ${detail}`).join('\n')}`);
  print(`\n${results.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = Math.min(failed.length, 1);
}

async function runOne({ name, title, unavailable, run }: Endurance): Promise<Checks> {
  print(`\n${seconds()}  ${name}: ${title}`);
  const checks = new Checks(({ claim, isGood, detail }) =>
    print(`    ${isGood ? 'ok    ' : 'FAILED'} ${claim}: ${detail}`),
  );
  const reason = await unavailable?.();
  if (reason !== undefined) {
    print(`    skipped, because ${reason}`);
    return checks;
  }
  const figure = (what: string, value: string | number) => print(`    ${what}: ${value}`);
  const scaled = (count: number) => Math.max(1, Math.round(count * scale));
  await run({ checks, figure, scaled }).catch((error: unknown) => checks.equal('comes to its end', String(error), ''));
  await stopTestAgents();
  return checks;
}

function seconds(): string {
  return `${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
