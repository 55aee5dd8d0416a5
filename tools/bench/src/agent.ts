// Compares the agent with what it is built from and with a peer, side by side in one run.
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { describeOverhead, judgeAims } from './agent/aims.ts';
import { buildLegs } from './agent/build-legs.ts';
import { compareLegs } from './agent/compare-legs.ts';
import { comparisonReport } from './agent/comparison-report.ts';
import { legs } from './agent/leg.ts';
import { type Stage, startStage } from './agent/stage.ts';
import { summariseLeg } from './agent/summarise-leg.ts';
import { BenchError } from './bench-error.ts';
import { startLoadGenerator } from './load/load-generator.ts';
import { machineFacts } from './machine-facts.ts';
import { writeReport } from './report/write-report.ts';
import { answerText } from './servers/sample-answer.ts';

const usage = `node tools/bench/src/agent.ts [--rounds 7] [--seconds 2] [--only <part of a leg's name>] [--without-portkey]

Compares, in interleaved rounds of one run: bare Fastify, Fastify with one Redis GET, the agent's cached answers, the
upstream called directly, the agent asking the model, and Portkey's gateway from npm. Exits with 1 when an aim is missed.`;
const redisKey = 'bench:answer';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    'without-portkey': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) print(usage);
else await run();

async function run(): Promise<void> {
  try {
    assertNamed(values.only);
    const stage = await startStage({ redisKey, withPortkey: values['without-portkey'] ? 'no' : 'yes' });
    try {
      await compareOn(stage);
    } finally {
      await stage.stop();
    }
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function compareOn(stage: Stage): Promise<void> {
  const redis = new Redis(stage.redis.url);
  const generator = startLoadGenerator();
  try {
    await redis.set(redisKey, JSON.stringify({ text: answerText.repeat(2).slice(0, 900) }));
    const chosen = buildLegs(stage).filter(({ name }) => name.includes(values.only));
    const measured = await compareLegs({
      measuring: { stage, generator, redis },
      legs: chosen,
      rounds: positive('rounds', values.rounds),
      durationMs: 1000 * positive('seconds', values.seconds),
      onProgress: (what) => void process.stderr.write(`${what}\n`),
    });
    const base = measured.find(({ name }) => name === 'fastify-redis');
    report(measured.map((samples) => summariseLeg(samples, base)));
  } finally {
    generator.stop();
    redis.disconnect();
  }
}

function report(summaries: readonly ReturnType<typeof summariseLeg>[]): void {
  const aims = judgeAims(summaries);
  const verdicts = [
    ...aims.map(({ text, isMet }) => `${isMet ? 'met' : 'MISSED'}: ${text}`),
    ...describeOverhead(summaries, ['agent-miss', 'upstream-asked']),
    ...describeOverhead(summaries, ['agent-streamed', 'upstream-streamed']),
    ...describeOverhead(summaries, ['portkey-asked', 'upstream-asked']),
  ];
  const facts = `${new Date().toISOString().slice(0, 16)} UTC, ${machineFacts()}; ${values.rounds} rounds of ${values.seconds} s`;
  const page = comparisonReport({ facts, summaries, verdicts });
  for (const { title, table } of page.sections) print(`\n${title}\n${table}`);
  print(`\n${verdicts.join('\n')}\n${facts}\n${writeReport(page)}`);
  if (aims.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

function assertNamed(part: string): void {
  const names = Object.keys(legs);
  if (names.some((name) => name.includes(part))) return;
  throw new BenchError('argument-invalid', {
    what: '--only',
    value: part,
    allowed: `part of one of ${names.join(', ')}`,
  });
}

function positive(name: string, given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && value > 0) return value;
  throw new BenchError('argument-invalid', { what: `--${name}`, value: given, allowed: 'a number above 0' });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
