import type { ClientBase } from 'pg';

/** Scans and rewrites are counted, not timed, so a few will do. */
const rowsPerTable = 500;

/**
 * Columns that every version of a table has had since it was made; what came later has a default. One row goes as far
 * as the constraints allow, since live releases are tried with the values of rows.
 */
const fills: Readonly<Record<string, string>> = {
  tasks: `(id, tenant_id, title, notes)
    select gen_random_uuid(), 'tenant-' || n % 10, 'task ' || n, '' from generate_series(1, ${rowsPerTable}) n
    union all select gen_random_uuid(), 'tenant-1', repeat('t', 500), repeat('n', 20000)`,
  sessions: `(id, tenant_id) select gen_random_uuid(), 'tenant-' || n % 10 from generate_series(1, ${rowsPerTable}) n`,
  runs: `(id, session_id, tenant_id, model, input, status, finished_at)
    select gen_random_uuid(), id, tenant_id, 'embedded', '{}'::jsonb, 'completed', now() from sessions
    union all (select gen_random_uuid(), id, tenant_id, 'embedded', '{}'::jsonb, 'queued', null from sessions limit 1)`,
  messages: `(id, session_id, role, content) select gen_random_uuid(), id, 'user', '"hello"' from sessions`,
  run_events: `(run_id, seq, kind) select id, n, 'text' from runs, generate_series(1, 2) n`,
  tool_calls: `(run_id, step, call_id, attempt, tool, arguments, status, result, finished_at)
    select id, 1, 'call-1', 1, 'create_task', '{}', 'succeeded', '"done"', now() from runs`,
  idempotency_keys: `(tenant_id, key, fingerprint, locked_until, expires_at)
    select 'tenant-1', 'key-' || n, 'f', now(), now() from generate_series(1, ${rowsPerTable}) n`,
  app_instances: `(name, app_version, seen_at) values ('pod-1', '0.1.0', now() - interval '1 day')`,
};

/** Fills the tables of the history that exist and are empty. */
export async function seedTables(client: ClientBase): Promise<void> {
  for (const [table, rows] of Object.entries(fills)) {
    if (await isEmptyTable(client, table)) await client.query(`insert into ${table} ${rows}`);
  }
}

async function isEmptyTable(client: ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query('select to_regclass($1) is not null as exists', [table]);
  return rows[0].exists && (await client.query(`select 1 from ${table} limit 1`)).rowCount === 0;
}
