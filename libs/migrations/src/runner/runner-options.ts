import type { ClientConfig } from 'pg';
import type { Migration } from '../migration-file.ts';

export interface RunnerOptions {
  /** Must reach PostgreSQL itself, not a pooler in transaction mode: the lock belongs to the session. */
  readonly connection: ClientConfig;
  /** @see readMigrations */
  readonly migrations: readonly Migration[];
  /** Release that this runner belongs to: `0.1.0`. */
  readonly appVersion: string;
  /** How long to wait for PostgreSQL to accept connections. @default 0: one attempt */
  readonly waitForDatabaseMs?: number;
  /** How long one statement waits for a table lock before it lets the others pass and tries again. @default 1500 */
  readonly lockTimeoutMs?: number;
  /** How long a migration tries to get its locks, and how long a runner waits for another one. @default 300000 */
  readonly patienceMs?: number;
  /** Longest time for one statement, `create index concurrently` aside. @default 900000 */
  readonly statementTimeoutMs?: number;
  /** Pause after each batch of a backfill, as a share of the time that the batch took. @default 0.5 */
  readonly backfillPauseRatio?: number;
  /** A process is live when it reported within this time. @default 60000 */
  readonly instanceTimeoutMs?: number;
  readonly onProgress?: (event: ProgressEvent) => void;
}

export type Settings = Required<RunnerOptions>;

export function withDefaults(options: RunnerOptions): Settings {
  return {
    waitForDatabaseMs: 0,
    lockTimeoutMs: 1_500,
    patienceMs: 300_000,
    statementTimeoutMs: 900_000,
    backfillPauseRatio: 0.5,
    instanceTimeoutMs: 60_000,
    onProgress: tellNobody,
    ...options,
  };
}

function tellNobody(): void {
  // Progress is for whoever asks for it.
}

/** What a runner tells while it works. */
export type ProgressEvent =
  | { readonly kind: 'waiting-for-database'; readonly reason: string }
  | { readonly kind: 'waiting-for-runner'; readonly pid: number }
  | { readonly kind: 'migration-started'; readonly name: string; readonly number: number; readonly why: string }
  | { readonly kind: 'statement-started'; readonly name: string; readonly statement: number; readonly text: string }
  | { readonly kind: 'statement-finished'; readonly name: string; readonly statement: number }
  | { readonly kind: 'lock-retried'; readonly name: string; readonly attempt: number; readonly pauseMs: number }
  | { readonly kind: 'invalid-index-dropped'; readonly name: string; readonly index: string }
  | { readonly kind: 'batch-finished'; readonly name: string; readonly rows: number; readonly key: string }
  | {
      readonly kind: 'migration-finished';
      readonly name: string;
      readonly number: number;
      readonly durationMs: number;
    };
