import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@task-api/local-stack/testing';
import pg from 'pg';
import { parseConfig } from '../src/config/parse-config.ts';
import { openDatabase } from '../src/database/database.ts';
import { idempotencyRepository } from '../src/repositories/idempotency-repository.ts';
import { addCleanup, ownDatabase, startTestAgent, stopTestAgents } from './support/test-agent.ts';

let database: TestDatabase;
let db: pg.Client;
beforeEach(async () => {
  database = await ownDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  addCleanup(() => client.end());
  db = client;
});
afterAll(stopTestAgents);

const insertExpired = (count: number) =>
  db.query(
    `insert into idempotency_keys (tenant_id, key, fingerprint, locked_until, expires_at)
     select 'default', 'key ' || number, '', now() - interval '1 day', now() - interval '1 hour'
     from generate_series(1, $1) number`,
    [count],
  );
const leftKeys = async () => (await db.query('select key from idempotency_keys')).rows.map(({ key }) => key);

describe('expired idempotency keys', () => {
  it('are forgotten at once, however many there are', async () => {
    await insertExpired(2500);
    await startTestAgent({ database });
    // Less than the time between two rounds.
    const giveUpAt = Date.now() + 10_000;
    while ((await leftKeys()).length > 0 && Date.now() < giveUpAt) await new Promise((done) => setTimeout(done, 50));
    expect(await leftKeys()).toHaveLength(0);
  });

  it('are left alone while somebody else holds them: to forget them, or to use them anew', async () => {
    await insertExpired(3);
    await db.query('begin');
    await db.query("update idempotency_keys set expires_at = now() + interval '1 day' where key = 'key 2'");
    const replica = openDatabase({
      ...parseConfig({ DATABASE_URL: database.url }).database,
      onIdleError: () => undefined,
    });
    addCleanup(() => replica.close());
    await idempotencyRepository.deleteExpired(replica);
    await db.query('commit');
    expect(await leftKeys()).toEqual(['key 2']);
  });
});
