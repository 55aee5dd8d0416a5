import { describe, expect, it } from '@jest/globals';
import { type Migration, parseMigration } from '../migration-file.ts';
import type { HistoryEntry } from './history.ts';
import { planMigrations } from './plan.ts';

const migrations = [1, 2, 3].map((number) => migration(number));

describe('planMigrations', () => {
  it('takes what is not applied, in order', () => {
    const { pending } = planMigrations(migrations, [entry(1)], '1.0.0');
    expect(pending.map(({ number }) => number)).toEqual([2, 3]);
  });

  it('takes up a migration that was interrupted, also when it was edited since', () => {
    const interrupted = { ...entry(2), finishedAt: null, checksum: 'other' };
    expect(planMigrations(migrations, [entry(1), interrupted], '1.0.0').pending[0]?.number).toBe(2);
  });

  it('refuses a file that was edited after it was applied', () => {
    const plan = () => planMigrations(migrations, [{ ...entry(1), checksum: '0123456789abcdef' }], '1.0.0');
    expect(plan).toThrow(
      /^0001-add-thing\.sql is not what was applied to this database \(it was 0001-add-thing\.sql with checksum 0123456789ab, now/,
    );
  });

  it('refuses a history that has lost a file', () => {
    const plan = () => planMigrations([migration(1), migration(3)], [entry(1), entry(2)], '1.0.0');
    expect(plan).toThrow(
      'this database has 0002-add-thing.sql, which does not exist here although 0003-add-thing.sql does',
    );
  });

  it('refuses a file that was put before one that is applied', () => {
    const plan = () => planMigrations(migrations, [entry(1), entry(3)], '1.0.0');
    expect(plan).toThrow('0002-add-thing.sql is not applied, but 0003-add-thing.sql, which comes later, is');
  });

  it('is content with a schema that a later release has made', () => {
    const plan = planMigrations(migrations.slice(0, 1), [entry(1), entry(2)], '1.0.0');
    expect(plan).toEqual({ pending: [], newer: [entry(2)] });
  });

  it('refuses a release below the floor that a contract has set', () => {
    const contract = { ...entry(2), minAppVersion: '1.10.0' };
    const plan = (appVersion: string) => planMigrations(migrations.slice(0, 1), [entry(1), contract], appVersion);
    expect(() => plan('1.9.0')).toThrow(
      'this release is 1.9.0, but 0002-add-thing.sql needs 1.10.0 or later; deploy that release or one after it',
    );
    expect(plan('1.10.0').pending).toEqual([]);
  });
});

function migration(number: number): Migration {
  return parseMigration(`000${number}-add-thing.sql`, `-- phase: expand\n-- why: a reason\n\nselect ${number};`);
}

function entry(number: number): HistoryEntry {
  const { name, checksum, phase } = migration(number);
  const at = new Date(0);
  return {
    number,
    name,
    checksum,
    phase,
    minAppVersion: null,
    appVersion: '1.0.0',
    startedAt: at,
    finishedAt: at,
    progress: null,
  };
}
