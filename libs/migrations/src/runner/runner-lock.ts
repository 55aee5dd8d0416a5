import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { MigrationsError } from '../migrations-error.ts';
import type { Settings } from './runner-options.ts';

/** Of the advisory lock: two arbitrary numbers that no other user of the database is likely to choose; they never change. */
export const runnerLockKey = { classId: 1_952_541_547, objectId: 1 };

const tryLock = `select pg_try_advisory_lock(${runnerLockKey.classId}, ${runnerLockKey.objectId}) as locked`;

const selectHolder = `
select pid, pid = pg_backend_pid() as "isOurs" from pg_locks
where locktype = 'advisory' and granted and classid = ${runnerLockKey.classId} and objid = ${runnerLockKey.objectId} and objsubid = 2
  and database = (select oid from pg_database where datname = current_database())`;

/**
 * Runs the work while this session holds the lock that keeps all other runners out.
 *
 * It asks again and again instead of waiting in PostgreSQL: a session that waits holds a snapshot, for which the
 * runner that has the lock would wait in `create index concurrently`, forever.
 */
export async function withRunnerLock<T>(client: ClientBase, settings: Settings, work: () => Promise<T>): Promise<T> {
  await acquire(client, settings);
  await assertLockHeld(client);
  return work();
}

async function acquire(client: ClientBase, { patienceMs, onProgress }: Settings): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await client.query(tryLock)).rows[0].locked) {
    const pid: number = (await client.query(selectHolder)).rows[0]?.pid ?? 0;
    if (Date.now() > deadline) throw new MigrationsError('another-runner', { value: patienceMs, detail: String(pid) });
    onProgress({ kind: 'waiting-for-runner', pid });
    await sleep(100 + Math.random() * 200);
  }
}

/** A pooler in transaction mode may send each statement to another session, with the lock left behind in one of them. */
export async function assertLockHeld(client: ClientBase): Promise<void> {
  const { rows } = await client.query(selectHolder);
  if (rows[0]?.isOurs) return;
  const detail = rows[0] === undefined ? 'nobody holds it' : `backend ${rows[0].pid} does`;
  throw new MigrationsError('lock-not-held', { detail });
}
