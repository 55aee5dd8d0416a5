import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { sqlCatalogue } from '../src/database/sql-catalogue.ts';
import { ownDatabase, stopTestAgents } from './support/test-agent.ts';

afterAll(stopTestAgents);

describe('the SQL catalogue', () => {
  it('is the committed one', () => {
    const { banner: _, ...committed } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../sql-catalogue.gen.json'), 'utf8'),
    );
    expect(committed).toEqual(sqlCatalogue());
  });

  it('holds only statements that the schema can prepare, with types for all parameters', async () => {
    const client = new pg.Client((await ownDatabase()).url);
    await client.connect();
    for (const { name, text } of sqlCatalogue().statements) await client.query(`prepare "${name}" as ${text}`);
    const { rows } = await client.query('select count(*)::int as count from pg_prepared_statements');
    await client.end();
    expect(rows[0].count).toBe(sqlCatalogue().statements.length);
  });

  it('names its columns: an added one must not change a prepared result', () => {
    const starred = sqlCatalogue().statements.filter(({ text }) => /(?:select|returning|\.)\s*\*/i.test(text));
    expect(starred).toEqual([]);
  });
});
