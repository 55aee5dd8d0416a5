import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@task-api/local-stack/testing';
import { type Database, openDatabase } from '../src/database/database.ts';
import { sql } from '../src/database/sql-statement.ts';
import { runEventRepository } from '../src/repositories/run-event-repository.ts';
import { createAgentDatabase } from './support/agent-database.ts';

let testDatabase: TestDatabase;
let database: Database;
const lease = { runId: randomUUID(), attempt: 1, owner: 'pod-a' };

beforeAll(async () => {
  testDatabase = await createAgentDatabase();
  database = openDatabase({
    url: new URL(testDatabase.url),
    password: undefined,
    poolMax: 4,
    timeoutMs: 60_000,
    onIdleError: () => undefined,
  });
  const session = randomUUID();
  await database.query(sql('test-session', "insert into sessions (id, tenant_id) values ($1::uuid, 'a')"), [session]);
  const insertRun = sql(
    'test-run',
    `insert into runs (id, session_id, tenant_id, status, model, input, attempt, lease_owner)
     values ($1::uuid, $2::uuid, 'a', 'running', 'm', '{}', 1, 'pod-a')`,
  );
  await database.query(insertRun, [lease.runId, session]);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const waitsForLock = sql(
  'test-waits',
  "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
);

async function anotherWaits(): Promise<void> {
  while ((await database.query(waitsForLock)).length === 0) await delay(20);
}

describe('events of a run', () => {
  it('are not given the numbers of an append that was given up but went on: that is for another attempt', async () => {
    const event = { type: 'step.started', data: { step: 1 } };
    let second: Promise<unknown> = Promise.resolve();
    await database.transaction(async (transaction) => {
      await runEventRepository.append(transaction, lease, [event]);
      second = runEventRepository.append(database, lease, [event]).catch((error: unknown) => error);
      await anotherWaits();
    });
    expect(await second).toMatchObject({ code: 'database-unavailable' });
    expect(await runEventRepository.append(database, lease, [event])).toBe(2);
  });
});
