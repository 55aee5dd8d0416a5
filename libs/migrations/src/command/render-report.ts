import type { UpReport } from '../runner/migrate-up.ts';
import type { MigrationStatus, StatusReport } from '../runner/migration-status.ts';
import type { VerifyReport } from '../runner/verify-schema.ts';

export function renderUp({ applied, head, newer }: UpReport): string {
  const done = applied.length === 0 ? 'nothing to apply' : `${applied.length} applied`;
  return `${done}, schema is at ${head}${renderNewer(newer)}\n`;
}

export function renderStatus({ head, pending, migrations }: StatusReport): string {
  const rows = migrations.map(renderRow).join('\n');
  return `${rows}\nschema is at ${head}, ${pending} pending\n`;
}

function renderRow({ name, phase, state, finishedAt }: MigrationStatus): string {
  const when = finishedAt === undefined ? '' : finishedAt.toISOString();
  return `${state.padEnd(11)} ${phase.padEnd(8)} ${name.padEnd(40)} ${when}`.trimEnd();
}

export function renderVerify({ pending, newer, differences, isVerified }: VerifyReport): string {
  const lines = [
    ...pending.map((name) => `pending: ${name}`),
    ...differences.map(({ side, object, line }) => `${side}: ${line}   [${object.replace(/ \($/, '')}]`),
    `${isVerified ? 'the schema is what the migrations lead to' : 'the schema is not what the migrations lead to'}${renderNewer(newer)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function renderNewer(newer: readonly string[]): string {
  return newer.length === 0 ? '' : `; a later release has applied ${newer.join(', ')}`;
}
