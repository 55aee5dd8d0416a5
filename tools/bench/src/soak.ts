// Keeps an agent busy with everything that clients do, and says whether anything in it grows.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.ts';
import { machineFacts } from './machine-facts.ts';
import { writeReport } from './report/write-report.ts';
import { KeptParts } from './servers/kept-parts.ts';
import { startAgent } from './servers/start-agent.ts';
import { startBackends } from './servers/start-backends.ts';
import { assessSoak } from './soak/assess-soak.ts';
import { soakReport } from './soak/soak-report.ts';
import { makeTraffic } from './soak/traffic.ts';
import { readOnce, watchGauges } from './soak/watch-gauges.ts';

const usage = `node tools/bench/src/soak.ts [--minutes 10] [--clients 8]

Makes cached, missed, streamed, abandoned, failing and invalid requests, runs and tasks, and watches memory, handles and
connections of the agent. The first third of the time warms up. Exits with 1 when something grows or answers wrongly.`;
const readings = 240;
const quietMs = 6_000;
/** Of all answers; a machine that is busy otherwise may make a few time out. */
const toleratedShare = 0.002;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    clients: { type: 'string', default: '8' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) print(usage);
else await run();

async function run(): Promise<void> {
  const parts = new KeptParts();
  try {
    const agent = await parts.keep(startAgent(await startBackends(parts)));
    await soak(agent.url, 60_000 * positive('minutes', values.minutes));
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await parts.stop();
  }
}

async function soak(url: string, durationMs: number): Promise<void> {
  const end = new AbortController();
  const traffic = makeTraffic({ url, clients: positive('clients', values.clients), signal: end.signal });
  const watched = await watchGauges({ url, durationMs, intervalMs: durationMs / readings, onReading: () => undefined });
  end.abort();
  const tally = await traffic;
  await sleep(quietMs);
  const warmMs = durationMs / 3;
  const verdicts = assessSoak(watched, { warmMs, afterwards: await readOnce(url) });
  const facts = `${new Date().toISOString().slice(0, 16)} UTC, ${machineFacts()}; ${values.minutes} minutes, ${values.clients} clients`;
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

function positive(name: string, given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && value > 0) return value;
  throw new BenchError('argument-invalid', { what: `--${name}`, value: given, allowed: 'a number above 0' });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
