import pg from 'pg';
import { AgentError } from '../agent-error.ts';
import type { ConnectionConfig } from '../config/parse-config.ts';
import { isError } from '../is-error.ts';
import { connectionOptions } from './connection-options.ts';
import type { SqlStatement } from './sql-statement.ts';

export type SqlValue = string | number | boolean | Date | null | readonly (string | number | null)[];
export type Row = Readonly<Record<string, unknown>>;

/** Runs declared statements, on the pool or inside a transaction. */
export interface Queryable {
  query<Result extends object = Row>(statement: SqlStatement, values?: readonly SqlValue[]): Promise<readonly Result[]>;
}

export interface Database extends Queryable {
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  usage(): { readonly total: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

export interface DatabaseOptions extends ConnectionConfig {
  readonly poolMax: number;
  /** How long a statement may take. @default 3000 */
  readonly timeoutMs?: number;
  /** Told about connections that the server ended; a pool without a listener would end the process. */
  readonly onIdleError: (error: Error) => void;
  readonly onQuery?: (statement: SqlStatement) => void;
}

/** A pool that gives up early: a frozen server must not hold requests (measured: 0.8 s instead of forever). */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool(poolConfig(options));
  pool.on('error', options.onIdleError);
  // For as long as the connection lives: PostgreSQL may end it in the packet that hands it over, before anybody who
  // waits for it gets to listen.
  pool.on('connect', (client) => client.on('error', ignoreConnectionError));
  return {
    query: (statement, values) => runQuery(pool, { statement, values, onQuery: options.onQuery }),
    transaction: (work) => runTransaction(pool, work, options.onQuery),
    usage: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

const defaultTimeoutMs = 3000;

/** PostgreSQL gives up a little before the client does, so that the connection can be used again. */
function timeouts(timeoutMs: number): pg.PoolConfig {
  return {
    connectionTimeoutMillis: Math.round((timeoutMs * 2) / 3),
    query_timeout: timeoutMs,
    statement_timeout: Math.round(timeoutMs * 0.9),
  };
}

function poolConfig({ poolMax, timeoutMs = defaultTimeoutMs, ...connection }: DatabaseOptions): pg.PoolConfig {
  return {
    ...connectionOptions(connection),
    max: poolMax,
    application_name: 'task-api',
    ...timeouts(timeoutMs),
    idle_in_transaction_session_timeout: 5000,
    keepAlive: true,
  };
}

interface Call {
  readonly statement: SqlStatement;
  readonly values: readonly SqlValue[] | undefined;
  readonly onQuery: DatabaseOptions['onQuery'];
}

async function runQuery<Result extends object>(
  client: pg.Pool | pg.PoolClient,
  call: Call,
): Promise<readonly Result[]> {
  call.onQuery?.(call.statement);
  try {
    const { rows } = await client.query<Result>({ ...call.statement, values: [...(call.values ?? [])] });
    return rows;
  } catch (cause) {
    throw isUnavailable(cause) ? new AgentError('database-unavailable', {}, { cause }) : cause;
  }
}

async function runTransaction<Result>(
  pool: pg.Pool,
  work: (transaction: Queryable) => Promise<Result>,
  onQuery: DatabaseOptions['onQuery'],
): Promise<Result> {
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work({ query: (statement, values) => runQuery(client, { statement, values, onQuery }) });
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await rollback(client);
    throw isUnavailable(error) ? new AgentError('database-unavailable', {}, { cause: error }) : error;
  } finally {
    client.release(broken);
  }
}

/** The error that makes the connection unfit for the next user, if there is one. */
async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return isError(error) ? error : new Error(String(error));
  }
}

function ignoreConnectionError(): void {
  // The statement that is under way fails with it, or the next one does; without a listener the process would end.
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw isUnavailable(cause) ? new AgentError('database-unavailable', {}, { cause }) : cause;
  }
}

/** Class 40 are conflicts with another transaction, which are over when the same is tried again. */
const unavailableStates = /^(08|40|53|57P0|57014|25P03|3D000|28)/;
const unavailableMessages = /timeout|terminated|ended|closed|not queryable|Cannot use a pool|SSL connection/i;
const unavailableSystemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Of certificates: PostgreSQL proves nothing about itself, so there is none to talk to. */
const untrustedCodes = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_)/;

/** Whether the failure says that PostgreSQL is away, as opposed to that the statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!isError(error) || error instanceof AgentError) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return unavailableMessages.test(error.message);
  return unavailableSystemCodes.has(code) || unavailableStates.test(code) || untrustedCodes.test(code);
}
