import { AgentError } from '../agent-error.ts';
import type { Queryable } from '../database/database.ts';
import { sql } from '../database/sql-statement.ts';
import { storableJson } from '../database/storable-json.ts';
import { isError } from '../is-error.ts';
import type { RunLease } from './run-repository.ts';

export interface RunEvent {
  readonly seq: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type NewRunEvent = Omit<RunEvent, 'seq'>;

// Sequence numbers belong to the run and come from PostgreSQL: a stream can be resumed on any replica.
const appendEvents = sql(
  'append-run-events',
  `with fence as (
     select id from runs
     where id = $1::uuid and attempt = $2::integer and lease_owner = $3::text and status = 'running' for update
   ), newest as (
     select coalesce(max(seq), 0) as seq from run_events where run_id = $1::uuid
   ), added as (
     insert into run_events (run_id, seq, kind, data)
     select fence.id, newest.seq + item.number, item.type, item.data
     from fence, newest, unnest($4::text[], $5::jsonb[]) with ordinality as item(type, data, number)
     returning seq
   )
   select max(seq)::integer as seq from added having count(*) > 0`,
);
const appendTenantEvent = sql(
  'append-tenant-run-event',
  `insert into run_events (run_id, seq, kind, data)
   select runs.id, coalesce((select max(seq) from run_events where run_id = runs.id), 0) + 1, $3::text, $4::jsonb
   from runs where runs.tenant_id = $1::text and runs.id = $2::uuid returning seq`,
);
const selectEvents = sql(
  'select-run-events',
  `select seq, kind as type, data from run_events where run_id = $1::uuid and seq > $2::integer order by seq limit $3::integer`,
);
const selectIsUnfinished = sql(
  'select-run-is-unfinished',
  `select exists (select 1 from runs where id = $1::uuid and status in ('queued', 'running')) as is_unfinished`,
);

/** The append-only record of a run, which is also what its streams are made of. */
export const runEventRepository = {
  /** The newest sequence number, or undefined when the lease was lost. */
  append: async (db: Queryable, lease: RunLease, events: readonly NewRunEvent[]): Promise<number | undefined> => {
    const types = events.map(({ type }) => type);
    const data = events.map((event) => storableJson(event.data));
    const values = [lease.runId, lease.attempt, lease.owner, types, data];
    const rows = await db.query<{ seq: number }>(appendEvents, values).catch(rethrowConflict);
    return rows[0]?.seq;
  },

  /** For a run that no process executes: one that has just ended, or was cancelled while it was queued. */
  appendUnleased: async (
    db: Queryable,
    tenant: string,
    entry: { readonly runId: string; readonly event: NewRunEvent },
  ) => {
    await db.query(appendTenantEvent, [tenant, entry.runId, entry.event.type, JSON.stringify(entry.event.data)]);
  },

  after: (
    db: Queryable,
    runId: string,
    page: { readonly seq: number; readonly limit: number },
  ): Promise<readonly RunEvent[]> => db.query<RunEvent>(selectEvents, [runId, page.seq, page.limit]),

  /** Whether more events can come: the last one commits together with the run's end, and none survives its run. */
  mayGrow: async (db: Queryable, runId: string): Promise<boolean> =>
    (await db.query<{ is_unfinished: boolean }>(selectIsUnfinished, [runId]))[0]?.is_unfinished === true,
};

/**
 * An append that timed out here may go on in PostgreSQL and take the numbers that the next one has chosen. Nothing is
 * wrong with the run then: it goes on when it is tried again.
 */
function rethrowConflict(cause: unknown): never {
  const isConflict = isError(cause) && 'constraint' in cause && cause.constraint === 'run_events_pkey';
  throw isConflict ? new AgentError('database-unavailable', {}, { cause }) : cause;
}
