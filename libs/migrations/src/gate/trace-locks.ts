import type { Client, ClientBase } from 'pg';
import type { Migration } from '../migration-file.ts';
import type { Finding } from './finding.ts';

/** Lock modes in which others cannot write, the weakest first. */
const blockingModes = ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];

/** What one statement did to one table that was there before its migration. */
export interface LockTrace {
  readonly statement: number;
  readonly table: string;
  /** Modes held after the statement, the names as in pg_locks. */
  readonly modes: readonly string[];
  /** Rows of the table that were read one after the other since the migration began. */
  readonly rowsRead: number;
  /** Rows that were there and were updated or deleted since the migration began. */
  readonly rowsChanged: number;
  readonly isRewritten: boolean;
}

/** What the statements of a migration did in one transaction. */
export interface TransactionTrace {
  readonly traces: readonly LockTrace[];
  /** The first statement that undid the timeouts, which the runner has set for the whole file. */
  readonly unsettling: number | undefined;
}

/**
 * Runs the statements of a migration in one transaction and reports, after each, the exact locks, whether the table
 * has new storage, and how many rows were scanned and changed. The transaction is left open: the caller commits or
 * rolls back.
 */
export async function traceTransaction(client: ClientBase, { statements }: Migration): Promise<TransactionTrace> {
  await client.query('begin');
  await client.query(setTimeouts);
  await client.query(rememberTables);
  const traces: LockTrace[] = [];
  let unsettling: number | undefined;
  for (const [index, text] of statements.entries()) {
    await client.query(text);
    const { rows } = await client.query<Omit<LockTrace, 'statement'>>(selectTraces);
    traces.push(...rows.map((row) => readTrace(index + 1, row)));
    if (!(await hasTimeouts(client))) unsettling ??= index + 1;
  }
  await client.query('drop table traced_tables');
  return { traces, unsettling };
}

/** Counters are of type bigint, which the driver leaves as text. */
const readTrace = (statement: number, row: Omit<LockTrace, 'statement'>): LockTrace => ({
  statement,
  ...row,
  rowsRead: Number(row.rowsRead),
  rowsChanged: Number(row.rowsChanged),
});

/** Values that no default has, so that a statement that resets them shows. */
const setTimeouts = `set local lock_timeout = '601s'; set local statement_timeout = '602s'`;

async function hasTimeouts(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    `select current_setting('lock_timeout')::interval = '601s' and current_setting('statement_timeout')::interval = '602s' as kept`,
  );
  return rows[0].kept;
}

/** The counters of this transaction include what the set-up read, hence the second column. */
const rememberTables = `
create temporary table traced_tables on commit drop as
select oid, relfilenode, pg_stat_get_xact_tuples_returned(oid) as read_before
from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations'`;

const selectTraces = `
select relname as table, array_agg(distinct mode order by mode) as modes,
  coalesce(pg_stat_get_xact_tuples_returned(traced.oid), 0) - coalesce(read_before, 0) as "rowsRead",
  coalesce(pg_stat_get_xact_tuples_updated(traced.oid) + pg_stat_get_xact_tuples_deleted(traced.oid), 0) as "rowsChanged",
  bool_or(pg_class.relfilenode <> traced.relfilenode) as "isRewritten"
from traced_tables traced
join pg_class on pg_class.oid = traced.oid
join pg_locks on relation = traced.oid and pid = pg_backend_pid() and granted
group by traced.oid, relname, read_before`;

/**
 * Runs a statement that PostgreSQL refuses in a transaction. Another session holds back writes of the table, which
 * makes the statement wait in the middle, so that its locks can be read.
 */
export async function traceOutsideTransaction(
  sessions: TraceSessions,
  text: string,
  statement: number,
): Promise<readonly LockTrace[]> {
  const { client, observer } = sessions;
  const pid: number = (await client.query('select pg_backend_pid() as pid')).rows[0].pid;
  await observer.query('begin');
  await observer.query(lockAllTables);
  const running = client.query(text);
  try {
    const traces = await pollLocks(observer, pid, statement);
    await observer.query('rollback');
    await running;
    return traces;
  } catch (error) {
    await observer.query('rollback');
    await running.catch(() => 'the error that came first is the one to tell');
    throw error;
  }
}

export interface TraceSessions {
  readonly client: Client;
  readonly observer: Client;
}

/** As a writer in a transaction that goes on. */
const lockAllTables = `
do $$
declare name text;
begin
  for name in select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
    execute format('lock table %I in row exclusive mode', name);
  end loop;
end $$`;

const selectLocksOf = `
select relname as table, array_agg(distinct mode order by mode) as modes, 0 as "rowsRead", 0 as "rowsChanged", false as "isRewritten"
from pg_locks join pg_class on pg_class.oid = relation
where pid = $1 and relkind = 'r' and relnamespace = 'public'::regnamespace
group by relname`;

const selectIsWaiting = `select wait_event_type = 'Lock' as waiting from pg_stat_activity where pid = $1`;

async function pollLocks(observer: Client, pid: number, statement: number): Promise<readonly LockTrace[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const isWaiting = (await observer.query(selectIsWaiting, [pid])).rows[0]?.waiting === true;
    const { rows } = await observer.query<Omit<LockTrace, 'statement'>>(selectLocksOf, [pid]);
    if (isWaiting || Date.now() > deadline) return rows.map((row) => ({ statement, ...row }));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What a trace shows that a live service would feel. */
export function judgeTraces(file: string, { traces, unsettling }: TransactionTrace): readonly Finding[] {
  return [
    ...traces.filter(({ isRewritten }) => isRewritten).map((trace) => describeRewrite(file, trace)),
    ...judgeScans(file, traces),
    ...judgeChanges(file, traces),
    ...(unsettling === undefined ? [] : [describeUnsettling(file, unsettling)]),
  ];
}

function describeRewrite(file: string, { statement, table, modes }: LockTrace): Finding {
  const message = `statement ${statement} rewrites ${table} under ${modes.join(', ')}; add a new column and backfill it in batches`;
  return { rule: 'traced-rewrite', file, message };
}

/** A row stays locked until the file is done, whoever changed it: a statement, a function or a trigger. */
function judgeChanges(file: string, traces: readonly LockTrace[]): readonly Finding[] {
  const changes = traces.filter(({ rowsChanged }) => rowsChanged > 0);
  const first = changes.filter(({ table }, index) => changes.findIndex((other) => other.table === table) === index);
  return first.map(({ statement, table, rowsChanged }) => ({
    rule: 'traced-write',
    file,
    message: `statement ${statement} changes ${rowsChanged} rows of ${table} in one transaction; change them in a file with "backfill: ${table} by <key>"`,
  }));
}

function describeUnsettling(file: string, statement: number): Finding {
  const message = `statement ${statement} changes lock_timeout or statement_timeout, so it and those after it may stop others for as long as they like; leave both to the runner`;
  return { rule: 'traced-timeout', file, message };
}

function judgeScans(file: string, traces: readonly LockTrace[]): readonly Finding[] {
  const scans = traces.filter(
    ({ modes, rowsRead, isRewritten }) => !isRewritten && rowsRead > 0 && modes.some(blocksWriters),
  );
  return scans.map(({ statement, table, modes, rowsRead }) => ({
    rule: 'traced-scan',
    file,
    message: `statement ${statement} reads ${rowsRead} rows of ${table} while the migration holds ${modes.filter(blocksWriters).join(', ')}; do the reading in a migration of its own that takes no such lock: validate apart, index concurrently`,
  }));
}

const blocksWriters = (mode: string): boolean => blockingModes.includes(mode);

/** Outside a transaction nothing but the mode can be held against a statement, since it may take minutes. */
export function judgeLongLocks(file: string, traces: readonly LockTrace[]): readonly Finding[] {
  return traces
    .filter(({ modes }) => modes.some(blocksWriters))
    .map(({ statement, table, modes }) => ({
      rule: 'traced-lock',
      file,
      message: `statement ${statement} holds ${modes.join(', ')} on ${table} for as long as it runs; use its concurrent form`,
    }));
}
