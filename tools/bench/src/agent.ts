// Compares the agent with what it is built from and with a peer, side by side in one run.
import { Command, InvalidArgumentError } from 'commander';
import { Redis } from 'ioredis';
import { describeOverhead, judgeAims } from './agent/aims.ts';
import { buildLegs } from './agent/build-legs.ts';
import { compareLegs } from './agent/compare-legs.ts';
import { comparisonReport } from './agent/comparison-report.ts';
import { legs } from './agent/leg.ts';
import { type Stage, startStage } from './agent/stage.ts';
import { summariseLeg } from './agent/summarise-leg.ts';
import { startLoadGenerator } from './load/load-generator.ts';
import { machineFacts } from './machine-facts.ts';
import { positiveNumber } from './positive-number.ts';
import { writeReport } from './report/write-report.ts';
import { runBench } from './run-bench.ts';
import { answerText } from './servers/sample-answer.ts';

interface Flags {
  readonly rounds: number;
  readonly seconds: number;
  readonly only: string;
  readonly withoutPortkey?: boolean;
}

const command = new Command('node tools/bench/src/agent.ts')
  .description(
    "Compares, in interleaved rounds of one run: bare Fastify, Fastify with one Redis GET, the agent's cached answers, the upstream called directly, the agent asking the model, and Portkey's gateway from npm. Exits with 1 when an aim is missed.",
  )
  .option('--rounds <number>', 'how often everything is measured', positiveNumber, 7)
  .option('--seconds <number>', 'how long each time', positiveNumber, 2)
  .option('--only <part>', 'part of the names of what is measured', partOfLegName, '')
  .option('--without-portkey', 'leaves the peer out');
const redisKey = 'bench:answer';

await runBench(command, run);

async function run(flags: Flags): Promise<void> {
  const stage = await startStage({ redisKey, withPortkey: flags.withoutPortkey ? 'no' : 'yes' });
  try {
    await compareOn(stage, flags);
  } finally {
    await stage.stop();
  }
}

async function compareOn(stage: Stage, flags: Flags): Promise<void> {
  const redis = new Redis(stage.redis.url);
  const generator = startLoadGenerator();
  try {
    await redis.set(redisKey, JSON.stringify({ text: answerText.repeat(2).slice(0, 900) }));
    const chosen = buildLegs(stage).filter(({ name }) => name.includes(flags.only));
    const measured = await compareLegs({
      measuring: { stage, generator, redis },
      legs: chosen,
      rounds: flags.rounds,
      durationMs: 1000 * flags.seconds,
      onProgress: (what) => void process.stderr.write(`${what}\n`),
    });
    const base = measured.find(({ name }) => name === 'fastify-redis');
    report(
      measured.map((samples) => summariseLeg(samples, base)),
      flags,
    );
  } finally {
    generator.stop();
    redis.disconnect();
  }
}

function report(summaries: readonly ReturnType<typeof summariseLeg>[], { rounds, seconds }: Flags): void {
  const aims = judgeAims(summaries);
  const verdicts = [
    ...aims.map(({ text, isMet }) => `${isMet ? 'met' : 'MISSED'}: ${text}`),
    ...describeOverhead(summaries, ['agent-miss', 'upstream-asked']),
    ...describeOverhead(summaries, ['agent-streamed', 'upstream-streamed']),
    ...describeOverhead(summaries, ['portkey-asked', 'upstream-asked']),
  ];
  const facts = `${new Date().toISOString().slice(0, 16)} UTC, ${machineFacts()}; ${rounds} rounds of ${seconds} s`;
  const page = comparisonReport({ facts, summaries, verdicts });
  for (const { title, table } of page.sections) print(`\n${title}\n${table}`);
  print(`\n${verdicts.join('\n')}\n${facts}\n${writeReport(page)}`);
  if (aims.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

function partOfLegName(given: string): string {
  const names = Object.keys(legs);
  if (names.some((name) => name.includes(given))) return given;
  throw new InvalidArgumentError(`It must be part of one of ${names.join(', ')}.`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
