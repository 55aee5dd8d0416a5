import { join } from 'node:path';
import { migrationsDirectory, readMigrations, snapshotName } from '../migration-file.ts';
import { type ExitCode, exitCodes, MigrationsError } from '../migrations-error.ts';
import { migrateUp, type UpReport } from '../runner/migrate-up.ts';
import { readMigrationStatus, type StatusReport } from '../runner/migration-status.ts';
import type { RunnerOptions } from '../runner/runner-options.ts';
import { type VerifyReport, verifySchema } from '../runner/verify-schema.ts';
import { createProgressPrinter } from './progress-printer.ts';
import { renderStatus, renderUp, renderVerify } from './render-report.ts';

export type MigrateAction = 'up' | 'status' | 'verify';

export interface MigrateIo {
  readonly format: 'text' | 'json';
  /** Gets the report; in JSON it is one object on one line. */
  readonly output: { write(text: string): unknown };
  /** Gets the progress; on a terminal the line of the current migration is rewritten in place. */
  readonly progress: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  /** Directory of the migrations and the snapshot of their schema. @default the package's own */
  readonly directory?: string;
}

/**
 * Runs one action of `migrate`, writes its report and returns the exit code. Errors become a report, too, those of
 * the files and of `prepare` included.
 */
export async function runMigrate(
  action: MigrateAction,
  prepare: () => Omit<RunnerOptions, 'migrations'>,
  io: MigrateIo,
): Promise<ExitCode> {
  const printer = createProgressPrinter(io.progress, io.format);
  try {
    const migrations = await readMigrations(io.directory);
    const outcome = await actions[action]({ onProgress: printer.print, ...prepare(), migrations }, io);
    printer.finish();
    io.output.write(io.format === 'json' ? `${JSON.stringify({ action, ...outcome.report })}\n` : outcome.text);
    return outcome.exitCode;
  } catch (error) {
    printer.finish();
    return reportFailure(action, error, io);
  }
}

interface Outcome {
  readonly report: UpReport | StatusReport | VerifyReport;
  readonly text: string;
  readonly exitCode: ExitCode;
}

const actions: Readonly<Record<MigrateAction, (options: RunnerOptions, io: MigrateIo) => Promise<Outcome>>> = {
  up: async (options) => {
    const report = await migrateUp(options);
    return { report, text: renderUp(report), exitCode: exitCodes.ok };
  },
  status: async (options) => {
    const report = await readMigrationStatus(options);
    return { report, text: renderStatus(report), exitCode: exitCodes.ok };
  },
  verify: async (options, { directory = migrationsDirectory }) => {
    const report = await verifySchema({ ...options, snapshotPath: join(directory, snapshotName) });
    return { report, text: renderVerify(report), exitCode: report.isVerified ? exitCodes.ok : exitCodes.refused };
  },
};

function reportFailure(action: MigrateAction, error: unknown, io: MigrateIo): ExitCode {
  if (!(error instanceof MigrationsError)) throw error;
  const { rule, message, exitCode } = error;
  const report = { action, error: { rule, message }, exitCode };
  io.output.write(io.format === 'json' ? `${JSON.stringify(report)}\n` : `migrate ${action}: ${message}\n`);
  return exitCode;
}
