// Keeps an agent busy with everything that clients do, and says whether anything in it grows.
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { machineFacts } from './machine-facts.ts';
import { positiveNumber } from './positive-number.ts';
import { writeReport } from './report/write-report.ts';
import { runBench } from './run-bench.ts';
import { KeptParts } from './servers/kept-parts.ts';
import { startAgent } from './servers/start-agent.ts';
import { startBackends } from './servers/start-backends.ts';
import { assessSoak } from './soak/assess-soak.ts';
import { soakReport } from './soak/soak-report.ts';
import { makeTraffic } from './soak/traffic.ts';
import { readOnce, watchGauges } from './soak/watch-gauges.ts';

const readings = 240;
const quietMs = 6_000;
/** Of all answers; a machine that is busy otherwise may make a few time out. */
const toleratedShare = 0.002;

interface Flags {
  readonly minutes: number;
  readonly clients: number;
}

const command = new Command('node tools/bench/src/soak.ts')
  .description(
    'Makes cached, missed, streamed, abandoned, failing and invalid requests, runs and tasks, and watches memory, handles and connections of the agent. The first third of the time warms up. Exits with 1 when something grows or answers wrongly.',
  )
  .option('--minutes <number>', 'how long', positiveNumber, 10)
  .option('--clients <number>', 'how many at a time', positiveNumber, 8);

await runBench(command, run);

async function run(flags: Flags): Promise<void> {
  const parts = new KeptParts();
  try {
    const agent = await parts.keep(startAgent(await startBackends(parts)));
    await soak(agent.url, flags);
  } finally {
    await parts.stop();
  }
}

async function soak(url: string, { minutes, clients }: Flags): Promise<void> {
  const durationMs = 60_000 * minutes;
  const end = new AbortController();
  const traffic = makeTraffic({ url, clients, signal: end.signal });
  const watched = await watchGauges({ url, durationMs, intervalMs: durationMs / readings, onReading: () => undefined });
  end.abort();
  const tally = await traffic;
  await sleep(quietMs);
  const warmMs = durationMs / 3;
  const verdicts = assessSoak(watched, { warmMs, afterwards: await readOnce(url) });
  const facts = `${new Date().toISOString().slice(0, 16)} UTC, ${machineFacts()}; ${minutes} minutes, ${clients} clients`;
  const page = soakReport({ facts, readings: watched, warmMs, verdicts, tally });
  for (const { title, table } of page.sections) print(`\n${title}\n${table}`);
  print(`\n${facts}\n${writeReport(page)}`);
  if (verdicts.some(({ isGrowing }) => isGrowing) || isAnsweredWrongly(tally)) process.exitCode = 1;
}

function isAnsweredWrongly({ made, unexpected }: Awaited<ReturnType<typeof makeTraffic>>): boolean {
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  return total(unexpected) > toleratedShare * total(made);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
