export { describeEvent } from './command/progress-printer.ts';
export { type MigrateAction, type MigrateIo, runMigrate } from './command/run-migrate.ts';
export {
  type Backfill,
  digestHistory,
  type Migration,
  migrationsDirectory,
  parseMigration,
  readMigrations,
  snapshotName,
} from './migration-file.ts';
export { type ExitCode, exitCodes, MigrationsError, type MigrationsRule } from './migrations-error.ts';
export { migrateUp, type UpReport } from './runner/migrate-up.ts';
export {
  type MigrationState,
  type MigrationStatus,
  readMigrationStatus,
  type StatusReport,
} from './runner/migration-status.ts';
export { runnerLockKey } from './runner/runner-lock.ts';
export type { ProgressEvent, RunnerOptions } from './runner/runner-options.ts';
export { type VerifyOptions, type VerifyReport, verifySchema } from './runner/verify-schema.ts';
export type { SchemaDifference } from './schema/compare-schemas.ts';
