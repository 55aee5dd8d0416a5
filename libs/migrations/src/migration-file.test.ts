import { describe, expect, it } from '@jest/globals';
import { parseMigration } from './migration-file.ts';

const expand = '-- phase: expand\n-- why: a reason\n\nselect 1;\n';

describe('parseMigration', () => {
  it('reads header, number and statements', () => {
    const text =
      '-- phase: contract\n-- min-app-version: 1.2.3\n-- why: nothing uses it\n\ndrop table a;\ndrop table b;\n';
    expect(parseMigration('0012-drop-tables.sql', text)).toMatchObject({
      number: 12,
      phase: 'contract',
      minAppVersion: '1.2.3',
      transaction: 'file',
      statements: [expect.stringContaining('drop table a'), 'drop table b'],
    });
  });

  it('reads a backfill', () => {
    const text = '-- phase: expand\n-- backfill: tasks by id\n-- batch-rows: 50\n-- why: a reason\n\nselect 1;\n';
    expect(parseMigration('0001-fill-tasks.sql', text).backfill).toEqual({ table: 'tasks', key: 'id', batchRows: 50 });
  });

  it.each([
    ['12-add-column.sql', expand, '12-add-column.sql is not a name of a migration; allowed is NNNN-verb-noun.sql'],
    ['0001-Add.sql', expand, '0001-Add.sql is not a name of a migration'],
    [
      '0001-add-a.sql',
      '-- why: a reason\n\nselect 1;',
      'the header has no phase; add "-- phase: expand" or "-- phase: contract"',
    ],
    ['0001-add-a.sql', '-- phase: expand\n\nselect 1;', 'the header has no why'],
    ['0001-add-a.sql', '-- phase: later\n\nselect 1;', 'phase is "later"; allowed is ^(expand|contract)$'],
    [
      '0001-add-a.sql',
      '-- owner: me\n\nselect 1;',
      'the header line "-- owner: me" is not "-- key: value" with one of phase, transaction',
    ],
    ['0001-add-a.sql', '-- phase: contract\n-- why: a reason\n\nselect 1;', 'a contract needs "-- min-app-version: "'],
    [
      '0001-add-a.sql',
      '-- phase: expand\n-- min-app-version: 1.0.0\n-- why: a\n\nselect 1;',
      'only a contract has a min-app-version',
    ],
    ['0001-add-a.sql', '-- phase: expand\n-- batch-rows: 5\n-- why: a\n\nselect 1;', 'only a backfill has batch-rows'],
  ])('refuses %s with %j', (name, text, message) => {
    expect(() => parseMigration(name, text)).toThrow(message);
  });

  it('keeps its checksum when only line ends change, and no other way', () => {
    const { checksum } = parseMigration('0001-add-a.sql', expand);
    expect(parseMigration('0001-add-a.sql', expand.replaceAll('\n', '\r\n')).checksum).toBe(checksum);
    expect(parseMigration('0001-add-a.sql', expand.replace('1', '2')).checksum).not.toBe(checksum);
  });
});
