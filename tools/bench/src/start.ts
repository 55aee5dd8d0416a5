// Times the start of the local stack, first and later ones, and says what the agent occupies while nobody asks it.
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@task-api/local-stack';
import { Command } from 'commander';
import { percentile } from './load/percentile.ts';
import { machineFacts } from './machine-facts.ts';
import { positiveNumber } from './positive-number.ts';
import { processMemory } from './process/process-memory.ts';
import { formatTable } from './report/format-table.ts';
import { runBench } from './run-bench.ts';
import { makeTemporaryDirectory } from './servers/temporary-directory.ts';
import { type LaunchedStack, launchStack } from './start/launch-stack.ts';

const limitMs = 3000;
const idleMs = 60_000;

interface Flags {
  readonly starts: number;
}

const command = new Command('node tools/bench/src/start.ts')
  .description(
    "Starts PostgreSQL, Redis, the migrations and the agent on empty data, then again on the same data; tells the time until the service is ready, and the agent's memory at once and after a minute. Exits with 1 when a later start takes too long.",
  )
  .option('--starts <number>', 'how often on the same data', positiveNumber, 5);

await runBench(command, run);

async function run({ starts }: Flags): Promise<void> {
  const directory = await makeTemporaryDirectory();
  try {
    await measure(directory.path, starts);
  } finally {
    await directory.stop();
  }
}

type Timing = Pick<LaunchedStack, 'readyMs' | 'cpuMs'>;

async function measure(directory: string, starts: number): Promise<void> {
  const first = await timeStart(directory);
  const later: Timing[] = [];
  for (let index = 0; index < starts; index += 1) later.push(await timeStart(directory));
  print(`${new Date().toISOString().slice(0, 16)} UTC, ${machineFacts()}`);
  print(
    formatTable([
      ['start to ready', 'time', 'processor time'],
      ['on empty data', ...cells(first)],
      ...later.map(laterRow),
    ]),
  );
  const medianMs = percentile(
    later.map(({ readyMs }) => readyMs),
    0.5,
  );
  print(
    `later starts, median: ${seconds(medianMs)}, limit ${seconds(limitMs)}: ${medianMs > limitMs ? 'MISSED' : 'met'}`,
  );
  if (medianMs > limitMs) process.exitCode = 1;
  await withStack(directory, reportMemory);
}

function timeStart(directory: string): Promise<Timing> {
  return withStack(directory, async ({ readyMs, cpuMs }) => ({ readyMs, cpuMs }));
}

function laterRow(timing: Timing, index: number): readonly string[] {
  return [`on its data, start ${index + 2}`, ...cells(timing)];
}

function cells({ readyMs, cpuMs }: Timing): readonly string[] {
  return [seconds(readyMs), seconds(cpuMs)];
}

async function withStack<Result>(directory: string, use: (stack: LaunchedStack) => Promise<Result>): Promise<Result> {
  const stack = await launchStack({ directory, port: await findFreePort() });
  try {
    return await use(stack);
  } finally {
    await stack.stop();
  }
}

async function reportMemory({ agentPid }: LaunchedStack): Promise<void> {
  const atOnce = memoryRow('when it is ready', agentPid);
  await sleep(idleMs);
  const rows = [atOnce, memoryRow(`after ${idleMs / 1000} s without requests`, agentPid)];
  print(formatTable([['memory of the agent', 'RSS', 'PSS'], ...rows]));
}

function memoryRow(when: string, pid: number): readonly string[] {
  const { rssBytes, pssBytes } = processMemory(pid);
  return [when, mebibytes(rssBytes), mebibytes(pssBytes)];
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
