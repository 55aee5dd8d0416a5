import { checkEqual, checkMatches, checkNoMatch, checkSucceeded, checkThat } from '../../../check.ts';
import type { CommandResult } from '../../../run/run-program.ts';
import { queryDatabase } from '../../../world/query-database.ts';
import type { World } from '../../../world/world.ts';
import { killStatefulPod } from '../../disruption/kill-pod.ts';
import { misfitPassword } from '../change-password.ts';
import type { Execute, Situation } from '../situation.ts';
import { waitForAgents, waitForNoAgent } from '../wait-for-agents.ts';

/** What can be wrong with PostgreSQL and Redis. */
export const databaseSituations: readonly Situation[] = [
  {
    title: 'Redis does not answer',
    blocks: ['docs/runbooks/cache-unreachable.md#find-out', 'docs/runbooks/cache-unreachable.md#mend'],
    run: replaceRedis,
  },
  {
    title: 'requests wait for a database connection',
    blocks: ['docs/runbooks/database-pool-exhausted.md#find-out'],
    run: lookAtLocks,
  },
  {
    title: 'responses are server errors, since PostgreSQL is down',
    blocks: ['docs/runbooks/high-error-rate.md#find-out'],
    run: lookAtErrors,
  },
  {
    title: 'a password does not fit',
    blocks: [
      'docs/runbooks/database-unreachable.md#find-out',
      'docs/runbooks/database-unreachable.md#a-password-that-does-not-fit',
    ],
    run: fitPassword,
  },
  {
    title: 'a volume is almost full',
    blocks: ['docs/runbooks/volume-almost-full.md#find-out', 'docs/runbooks/volume-almost-full.md#mend'],
    run: growVolume,
  },
];

const redis = 'task-api-redis-master-0';
const database = 'task-api-postgresql-0';

/** A Redis that accepts connections and says nothing. */
async function replaceRedis(world: World, execute: Execute): Promise<void> {
  const pause = 'REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli client pause 600000 all';
  checkSucceeded(await world.kubectl(['exec', redis, '--', 'bash', '-c', pause]));
  await world.eventually('answers to come without the cache', () => checkCache(world, /DEGRADED/));
  const { stdout } = await execute('docs/runbooks/cache-unreachable.md#find-out');
  checkMatches(stdout, new RegExp(redis), 'the pods of Redis');
  await execute('docs/runbooks/cache-unreachable.md#mend');
  await world.eventually('answers to come with the cache', () => checkCache(world, /MISS|HIT/));
}

async function checkCache({ agent }: World, expected: RegExp): Promise<void> {
  const body = { model: 'embedded', messages: [{ role: 'user', content: 'hello' }] };
  const { headers } = await agent.request({ method: 'POST', path: '/v1/chat/completions', body });
  checkMatches(String(headers['x-cache']), expected, 'the header x-cache');
}

const holding = "pid <> pg_backend_pid() and query like '%pg_sleep(120)%'";

/** A transaction holds a table that requests want, which give up after some seconds. */
async function lookAtLocks(world: World, execute: Execute): Promise<void> {
  const holder = queryDatabase(world, 'begin; lock table tasks in access exclusive mode; select pg_sleep(120);');
  const waiting = [holder.catch(ignore)];
  await world.eventually('the transaction to hold its lock', async () => {
    const held = await queryDatabase(world, `select count(*) from pg_stat_activity where ${holding}`);
    checkEqual(held, '1', 'how many transactions hold the lock');
  });
  await world.eventually('somebody to wait for the lock', async () => {
    waiting.push(world.agent.createTask('has to wait').then(ignore, ignore));
    const { stdout } = await execute('docs/runbooks/database-pool-exhausted.md#find-out');
    checkMatches(stdout, /active +\| Lock/, 'the sessions of the database');
  });
  await queryDatabase(world, `select pg_terminate_backend(pid) from pg_stat_activity where ${holding}`);
  await Promise.all(waiting);
}

function ignore(): void {
  // Whoever held the lock is ended on purpose, and a request may have been refused for waiting too long.
}

async function lookAtErrors(world: World, execute: Execute): Promise<void> {
  await scaleDatabase(world, 0);
  await waitForNoAgent(world);
  const { stdout } = await execute('docs/runbooks/high-error-rate.md#find-out');
  checkMatches(stdout, /0\/1 +Running/, 'the pods, which are not ready');
  checkMatches(stdout, /ECONNREFUSED|ENOTFOUND|terminat|postgres/i, 'the logs, which name the database');
  await scaleDatabase(world, 1);
  await waitForAgents(world);
}

async function scaleDatabase({ kubectl }: World, replicas: number): Promise<CommandResult> {
  return checkSucceeded(await kubectl(['scale', 'statefulset', 'task-api-postgresql', `--replicas=${replicas}`]));
}

async function fitPassword(world: World, execute: Execute): Promise<void> {
  await misfitPassword(world);
  await world.eventually('the database to say what it is', async () => {
    const { stdout } = await execute('docs/runbooks/database-unreachable.md#find-out');
    checkMatches(stdout, /password authentication failed for user "agent"/, 'the log of PostgreSQL');
  });
  const { stdout, stderr } = await execute('docs/runbooks/database-unreachable.md#a-password-that-does-not-fit');
  checkNoMatch(`${stdout}${stderr}`, /another-password/, 'what the commands show of the password');
  await waitForAgents(world);
  // The pod knows the password that it was started with, which probes and people in it use.
  await killStatefulPod(world, database);
  await waitForAgents(world);
}

async function growVolume(world: World, execute: Execute): Promise<void> {
  const { stdout } = await execute('docs/runbooks/volume-almost-full.md#find-out');
  checkMatches(stdout, /growing-\S+ +true/, 'the StorageClasses that can grow volumes');
  const before = await world.objects.get('Pod', database);
  const names = { 'task-api-postgresql-primary': 'task-api-postgresql' };
  await execute('docs/runbooks/volume-almost-full.md#mend', { names });
  const values = [{ postgresql: { primary: { persistence: { size: '200Gi' } } } }];
  checkSucceeded(await world.helm.upgrade({ values, flags: ['--reuse-values'] }));
  const { spec } = await world.objects.get('PersistentVolumeClaim', `data-${database}`);
  checkThat(spec?.resources?.requests?.storage === '200Gi', 'the size that the volume shall have', {
    expected: '200Gi',
    actual: spec?.resources,
  });
  const after = await world.objects.get('Pod', database);
  checkThat(after.metadata?.uid === before.metadata?.uid, 'the pod of the database', {
    expected: 'the one that ran before',
    actual: 'another one',
  });
}
