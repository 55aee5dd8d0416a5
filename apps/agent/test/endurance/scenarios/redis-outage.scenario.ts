import { findFreePort, type RedisServer, startRedis } from '@task-api/local-stack';
import { type AgentProcess, startAgentProcess } from '../../support/agent-process.ts';
import { addCleanup, ownDatabase } from '../../support/test-agent.ts';
import { countBy, inParallel, percentile } from '../load.ts';
import type { Endurance, EnduranceRun } from '../scenario.ts';

interface Answer {
  readonly status: number;
  readonly cache: string;
  readonly durationMs: number;
  /** Questions that nobody asked before: only Redis can tell a miss from a degraded answer. */
  readonly isNew: boolean;
}

const width = 16;
const downLine = 'serving without it';
const upLine = 'Redis answers again';

/** A cache that freezes and dies must cost hits, never an answer. */
export const scenario: Endurance = {
  name: 'redis-outage',
  title: 'Redis frozen by SIGSTOP, thawed, killed and started again under 12,000 requests',
  run: async (run) => {
    const port = await findFreePort();
    let redis = await startRedis({ port });
    addCleanup(() => redis.stop());
    run.figure('server', redis.implementation);
    const agent = await startAgentProcess({
      DATABASE_URL: (await ownDatabase()).url,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'info',
    });
    const phase = (name: string, more: Expectation) => loadPhase({ name, agent, run, ...more });
    await phase('healthy', { isOutage: false });
    signal(redis, 'SIGSTOP');
    await phase('frozen', { isOutage: true });
    signal(redis, 'SIGCONT');
    await untilLogged(agent, upLine, 1);
    await phase('thawed', { isOutage: false });
    signal(redis, 'SIGKILL');
    await redis.exited;
    await phase('dead', { isOutage: true });
    redis = await startRedis({ port });
    await untilLogged(agent, upLine, 2);
    await phase('back', { isOutage: false });
    run.checks.equal('log lines that tell of the outages', linesWith(agent, downLine), 2);
    run.checks.equal('log lines that tell of their end', linesWith(agent, upLine), 2);
    run.checks.equal('warnings and errors beside them', otherWarnings(agent), []);
  },
};

interface Expectation {
  /** Whether Redis is away. A machine that stops for a moment may miss an answer of it at any time. */
  readonly isOutage: boolean;
}

interface Phase extends Expectation {
  readonly name: string;
  readonly agent: AgentProcess;
  readonly run: EnduranceRun;
}

async function loadPhase({ name, agent, run, isOutage }: Phase): Promise<void> {
  const answers: Answer[] = [];
  const startedAt = performance.now();
  await inParallel({ count: run.scaled(2400), width }, async (index) => {
    answers.push(await ask(agent.url, name, index));
  });
  const rate = answers.length / ((performance.now() - startedAt) / 1000);
  const durations = answers.map(({ durationMs }) => durationMs);
  const times = [0.5, 0.99, 1].map((share) => percentile(durations, share).toFixed(0)).join(' / ');
  const outcomes = countBy(answers.map(({ cache }) => cache));
  run.figure(
    name,
    `${answers.length} requests, ${rate.toFixed(0)}/s, p50/p99/max ${times} ms, ${JSON.stringify(outcomes)}`,
  );
  run.checks.equal(`${name}: answers that are not 200`, answers.filter(({ status }) => status !== 200).length, 0);
  const fresh = answers.filter(({ isNew }) => isNew).map(({ cache }) => cache);
  // Where answers take long, a repeated question may overtake the one that it repeats: which of them is the hit is open.
  const hits = answers.filter(({ cache }) => cache === 'HIT').length;
  run.checks.atMost(`${name}: hits beyond the repeated questions`, hits - (answers.length - fresh.length), 0);
  run.checks.equal(
    `${name}: answers that are neither HIT, MISS nor DEGRADED`,
    answers.filter(({ cache }) => !['HIT', 'MISS', 'DEGRADED'].includes(cache)).length,
    0,
  );
  const degraded = fresh.filter((cache) => cache === 'DEGRADED').length / fresh.length;
  if (isOutage) run.checks.atLeast(`${name}: share of DEGRADED`, degraded, 0.99);
  else run.checks.atMost(`${name}: share of DEGRADED`, degraded, 0.05);
}

/** Two in three questions are new; the others were asked in the same phase, long enough before to be answered. */
async function ask(url: string, phase: string, index: number): Promise<Answer> {
  const isNew = index % 3 !== 2 || index < 4 * width;
  const content = `${phase} question ${isNew ? index : index - 3 * width - 1}`;
  const startedAt = performance.now();
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'embedded', messages: [{ role: 'user', content }] }),
  });
  await response.text();
  const durationMs = performance.now() - startedAt;
  return { status: response.status, cache: response.headers.get('x-cache') ?? 'none', durationMs, isNew };
}

/** The group, because a shell stands between us and the server. */
function signal({ pid }: RedisServer, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  process.kill(-pid, name);
}

async function untilLogged(agent: AgentProcess, text: string, times: number): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (linesWith(agent, text) < times) {
    if (Date.now() > giveUpAt) throw new Error(`"${text}" was not logged ${times} times in 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function linesWith({ logs }: AgentProcess, text: string): number {
  return logs.filter((line) => line.includes(text)).length;
}

function otherWarnings({ logs }: AgentProcess): readonly string[] {
  const isAlarm = (line: string) => /"level":(40|50|60)/.test(line);
  return logs.filter((line) => isAlarm(line) && !line.includes(downLine) && !line.includes(upLine));
}
