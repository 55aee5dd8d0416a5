// Runs inside the cluster: makes the load that LOAD_PLAN describes until SIGUSR2, then prints what it saw.
import { setMaxListeners } from 'node:events';
import { newJournal } from './exchanges.ts';
import type { LoadPlan } from './load-plan.ts';
import type { LoadLine } from './load-report.ts';
import { runLoad } from './run-load.ts';
import { withAddress } from './with-address.ts';

const progressMs = 1000;
const given: LoadPlan = JSON.parse(process.env.LOAD_PLAN ?? '');
const plan = { ...given, baseUrl: await withAddress(given.baseUrl) };
const stop = new AbortController();
// Each worker listens.
setMaxListeners(0, stop.signal);
process.once('SIGUSR2', () => stop.abort());
process.once('SIGTERM', () => process.exit(1));

const journal = newJournal();
const progress = setInterval(printProgress, progressMs);
const report = await runLoad(plan, stop.signal, journal);
clearInterval(progress);
print({ type: 'report', report });

function printProgress(): void {
  const { outcomes, taskTitles, runs } = journal;
  const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
  const acknowledged = { tasks: taskTitles.length, runs: runs.length };
  print({ type: 'progress', requests: outcomes.length, failed, acknowledged });
}

function print(line: LoadLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
