import type { Queryable } from '../database/database.ts';
import { isoTime, sql } from '../database/sql-statement.ts';

export const runStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

export interface RunInputMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface RunOptions {
  readonly maxSteps: number;
  readonly cacheMode: 'default' | 'no-cache' | 'no-store';
}

export interface RunUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly steps: number;
}

export interface Run {
  readonly id: string;
  readonly session_id: string;
  readonly status: RunStatus;
  readonly model: string;
  readonly attempt: number;
  readonly on_disconnect: 'continue' | 'cancel';
  readonly output: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly usage: RunUsage | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

export interface RunInput {
  readonly messages: readonly RunInputMessage[];
  readonly options: RunOptions;
  /** The request that ordered the run, for its trace; absent while tracing is off. */
  readonly traceparent?: string;
}

export interface NewRun extends Pick<Run, 'id' | 'session_id' | 'model' | 'on_disconnect'> {
  readonly input: RunInput;
}

/** The right to write to a run: worthless as soon as another process has taken the run over. */
export interface RunLease {
  readonly runId: string;
  readonly attempt: number;
  readonly owner: string;
}

export interface LeasedRun {
  readonly id: string;
  readonly session_id: string;
  readonly tenant_id: string;
  readonly attempt: number;
  readonly input: RunInput;
  readonly was_running: boolean;
  readonly cancel_requested: boolean;
  readonly queued_ms: number;
}

export interface RunOutcome {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly output: string | null;
  readonly error: Run['error'];
}

const columns = `id, session_id, status, model, attempt, on_disconnect, output ->> 0 as output, error, usage,
  ${isoTime('created_at')}, ${isoTime('started_at')}, ${isoTime('finished_at')}`;

// From the record, so that it holds whatever attempt has asked the model.
const recordedUsage = `(
  select jsonb_build_object(
    'input_tokens', coalesce(sum((step.data #>> '{usage,input_tokens}')::numeric), 0),
    'output_tokens', coalesce(sum((step.data #>> '{usage,output_tokens}')::numeric), 0),
    'steps', count(*))
  from run_events step where step.run_id = runs.id and step.kind = 'step.finished')`;

const insertRun = sql(
  'insert-run',
  `insert into runs (id, session_id, tenant_id, model, on_disconnect, input)
   values ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::jsonb) returning ${columns}`,
);
const selectRun = sql(
  'select-run',
  `select ${columns} from runs where tenant_id = $1::text and session_id = $2::uuid and id = $3::uuid`,
);
const selectRuns = sql(
  'select-runs',
  `select ${columns} from runs where tenant_id = $1::text and session_id = $2::uuid order by seq desc limit $3::integer`,
);
const selectUnfinishedRuns = sql(
  'select-unfinished-runs',
  `select id from runs where session_id = $1::uuid and status in ('queued', 'running')`,
);
// A run is eligible once no earlier run of its session is unfinished. Creating runs locks the session row,
// so the numbers of a session become visible in order and two runs of one session are never leased together.
const leaseRuns = sql(
  'lease-runs',
  `with expired as (
     select id from runs where status = 'running' and lease_until < now()
     order by lease_until limit $3::integer for update skip locked
   ), queued as (
     select id from runs where status = 'queued' and available_at <= now()
       and not exists (
         select from runs earlier
         where earlier.session_id = runs.session_id and earlier.seq < runs.seq and earlier.status in ('queued', 'running'))
     order by available_at, seq limit $3::integer for update skip locked
   ), candidate as (
     select id, true as was_running from expired union all select id, false from queued limit $3::integer
   )
   update runs set status = 'running', attempt = runs.attempt + 1, lease_owner = $1::text,
     lease_until = now() + $2::integer * interval '1 millisecond', started_at = coalesce(runs.started_at, now())
   from candidate where runs.id = candidate.id
   returning runs.id, runs.session_id, runs.tenant_id, runs.attempt, runs.input, runs.cancel_requested, candidate.was_running,
     (extract(epoch from now() - runs.available_at) * 1000)::float8 as queued_ms`,
);
const renewLeases = sql(
  'renew-leases',
  `update runs set lease_until = now() + $2::integer * interval '1 millisecond'
   from unnest($3::uuid[], $4::integer[]) as held(id, attempt)
   where runs.id = held.id and runs.attempt = held.attempt and lease_owner = $1::text and status = 'running'
   returning runs.id, cancel_requested`,
);
const requeueRun = sql(
  'requeue-run',
  `update runs set status = 'queued', lease_owner = null, lease_until = null
   where id = $1::uuid and attempt = $2::integer and lease_owner = $3::text and status = 'running' returning id`,
);
const finishRun = sql(
  'finish-run',
  `update runs set status = $4::text, output = $5::jsonb, error = $6::jsonb, usage = ${recordedUsage},
     finished_at = now(), lease_owner = null, lease_until = null
   where id = $1::uuid and attempt = $2::integer and lease_owner = $3::text and status = 'running' returning usage`,
);
const requestCancel = sql(
  'request-cancel',
  `update runs set cancel_requested = true,
     status = case when status = 'queued' then 'cancelled' else status end,
     finished_at = case when status = 'queued' then now() end,
     usage = case when status = 'queued' and attempt > 0 then ${recordedUsage} end
   where tenant_id = $1::text and id = $2::uuid and status in ('queued', 'running') returning ${columns}`,
);
const countRuns = sql(
  'count-unfinished-runs',
  `select status, count(*)::integer as count,
     coalesce(max(extract(epoch from now() - available_at)), 0)::float8 as oldest_seconds
   from runs where status in ('queued', 'running') group by status`,
);
const fenceRun = sql(
  'fence-run',
  `select id, cancel_requested from runs
   where id = $1::uuid and attempt = $2::integer and lease_owner = $3::text and status = 'running' for update`,
);

/** Runs, their leases and their fencing: every write of an executor names attempt and owner. */
export const runRepository = {
  insert: async (db: Queryable, tenant: string, run: NewRun): Promise<Run | undefined> =>
    (
      await db.query<Run>(insertRun, [
        run.id,
        run.session_id,
        tenant,
        run.model,
        run.on_disconnect,
        JSON.stringify(run.input),
      ])
    )[0],

  find: async (
    db: Queryable,
    tenant: string,
    key: { readonly sessionId: string; readonly runId: string },
  ): Promise<Run | undefined> => (await db.query<Run>(selectRun, [tenant, key.sessionId, key.runId]))[0],

  list: (
    db: Queryable,
    tenant: string,
    page: { readonly sessionId: string; readonly limit: number },
  ): Promise<readonly Run[]> => db.query<Run>(selectRuns, [tenant, page.sessionId, page.limit]),

  unfinished: async (db: Queryable, sessionId: string): Promise<readonly string[]> =>
    (await db.query<{ id: string }>(selectUnfinishedRuns, [sessionId])).map(({ id }) => id),

  lease: (
    db: Queryable,
    owner: string,
    wish: { readonly leaseMs: number; readonly limit: number },
  ): Promise<readonly LeasedRun[]> => db.query<LeasedRun>(leaseRuns, [owner, wish.leaseMs, wish.limit]),

  /** The leases that are still ours, each with whether its run shall be cancelled. */
  renew: (db: Queryable, owner: string, wish: { readonly leaseMs: number; readonly leases: readonly RunLease[] }) =>
    db.query<{ readonly id: string; readonly cancel_requested: boolean }>(renewLeases, [
      owner,
      wish.leaseMs,
      wish.leases.map(({ runId }) => runId),
      wish.leases.map(({ attempt }) => attempt),
    ]),

  requeue: async (db: Queryable, lease: RunLease): Promise<boolean> =>
    (await db.query(requeueRun, [lease.runId, lease.attempt, lease.owner])).length === 1,

  /** What the run has used in all; undefined when the lease was lost. */
  finish: async (db: Queryable, lease: RunLease, outcome: RunOutcome): Promise<RunUsage | undefined> => {
    const documents = [outcome.output === null ? null : [outcome.output], outcome.error].map(toJson);
    const values = [lease.runId, lease.attempt, lease.owner, outcome.status, ...documents];
    return (await db.query<{ usage: RunUsage }>(finishRun, values))[0]?.usage;
  },

  /** The run as it is after the request; undefined when it had finished before. */
  requestCancel: async (db: Queryable, tenant: string, runId: string): Promise<Run | undefined> =>
    (await db.query<Run>(requestCancel, [tenant, runId]))[0],

  countUnfinished: (db: Queryable) =>
    db.query<{ readonly status: RunStatus; readonly count: number; readonly oldest_seconds: number }>(countRuns),

  /** Holds the run for the rest of the transaction; undefined when the lease was lost. */
  fence: async (db: Queryable, lease: RunLease): Promise<{ readonly cancel_requested: boolean } | undefined> =>
    (await db.query<{ cancel_requested: boolean }>(fenceRun, [lease.runId, lease.attempt, lease.owner]))[0],
};

function toJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
