import { type AgentProcess, startAgentProcess } from '../../support/agent-process.ts';
import { createClient } from '../../support/api-client.ts';
import { ownDatabase } from '../../support/test-agent.ts';
import { inParallel } from '../load.ts';
import { checkRuns, untilQueueIsEmpty } from '../run-ledger.ts';
import type { Endurance } from '../scenario.ts';

/** 5,000 runs, each with a side effect, over two replicas of which one is killed half way. */
export const scenario: Endurance = {
  name: 'queue',
  title: '5,000 queued runs over two replicas, one of them killed by SIGKILL and replaced',
  run: async ({ scaled, checks, figure }) => {
    const count = scaled(5000);
    const database = await ownDatabase();
    const env = { DATABASE_URL: database.url, WORKERS: '8' };
    const [survivor, victim] = [await startReplica(env), await startReplica(env)];
    const promised = new Map<string, string>();
    const startedAt = performance.now();
    const replacement = killWhen(victim, () => promised.size > count / 2, env);
    await inParallel({ count, width: 12 }, async (index) => {
      const title = `endurance run number ${index}`;
      promised.set(await queueRun(survivor.url, title), title);
    });
    const queuedAt = performance.now();
    const successor = await replacement;
    await untilQueueIsEmpty(database.url, 600_000);
    const endedAt = performance.now();
    figure('runs', promised.size);
    figure('queued in', `${((queuedAt - startedAt) / 1000).toFixed(1)} s`);
    figure('runs a second', (promised.size / ((endedAt - startedAt) / 1000)).toFixed(0));
    const { retried, mostAttempts } = await checkRuns(database.url, promised, checks);
    figure('runs taken over', `${retried}, at most ${mostAttempts} attempts`);
    checks.equal('the replica was killed', await victim.exited, 'SIGKILL');
    checks.equal('errors logged', errorsOf(survivor).concat(errorsOf(successor)).length, 0);
  },
};

function startReplica(env: Readonly<Record<string, string>>): Promise<AgentProcess> {
  // "serving" is logged at info: without that line nobody would learn the port.
  return startAgentProcess({ ...env, LOG_LEVEL: 'info' });
}

async function killWhen(
  { child }: AgentProcess,
  isTime: () => boolean,
  env: Readonly<Record<string, string>>,
): Promise<AgentProcess> {
  while (!isTime()) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  return startReplica(env);
}

async function queueRun(url: string, title: string): Promise<string> {
  const session = await post(url, '/v1/sessions', { title });
  return post(url, `/v1/sessions/${session}/runs`, { input: `add a task: ${title}` });
}

/** On a machine that is busy with other things, PostgreSQL may be refused its time: 503 means to come again. */
async function post(url: string, path: string, body: object): Promise<string> {
  const key = { 'idempotency-key': `${path} ${JSON.stringify(body)}` };
  for (;;) {
    const answer = await createClient(url).post(path, body, key);
    if (answer.status < 300) return answer.body.id;
    if (answer.status !== 503) throw new Error(`${path} was answered with ${answer.status} ${answer.body.error.code}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function errorsOf({ logs }: AgentProcess): readonly string[] {
  return logs.filter((line) => line.includes('"level":50'));
}
