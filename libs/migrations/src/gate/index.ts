export { checkCatalogueText, checkMigrations } from './check-migrations.ts';
export { type Finding, renderFindings } from './finding.ts';
export { type MigrationRule, migrationRules } from './migration-rules.ts';
export { type LiveRelease, type Rehearsal, type RehearsedMigration, rehearse } from './rehearse.ts';
export { runSquawk } from './run-squawk.ts';
export { seedTables } from './seed-tables.ts';
export type { CatalogueStatement, SqlCatalogue } from './sql-catalogue.ts';
export type { LockTrace } from './trace-locks.ts';
export { type WarmCatalogue, warmUp } from './warm-catalogue.ts';
