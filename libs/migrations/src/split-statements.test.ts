import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSql } from './gate/syntax-tree.ts';
import { readMigrations } from './migration-file.ts';
import { splitStatements, withoutComments } from './split-statements.ts';

describe('splitStatements', () => {
  it('splits at semicolons and leaves out what is only comment', () => {
    expect(splitStatements('-- a; b\nselect 1;\n/* c; */\n; select 2')).toEqual(['-- a; b\nselect 1', 'select 2']);
  });

  it('splits the history as PostgreSQL does', async () => {
    for (const { text, statements } of await readMigrations()) {
      expect(statements).toHaveLength((await parseSql(text)).length);
    }
  });

  it('splits any mixture of quotes, comments and blanks as PostgreSQL does', async () => {
    const pieces = [`';'`, `'it''s;'`, `e'\\';'`, `"a;b"`, '$$;$$', `$x$;$$';$x$`, '1', 'a', '1-2', '4/2'] as const;
    const blanks = [' ', '\n', " -- x; '\n", ' /* ; " /* ; */ $$ */ '] as const;
    const statement = fc.tuple(fc.constantFrom(...blanks), fc.constantFrom(...pieces), fc.constantFrom(...blanks));
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 6 }), async (parts) => {
        const text = parts.map(([before, piece, after]) => `${before}select ${piece}${after}`).join(';');
        expect(splitStatements(text)).toHaveLength((await parseSql(text)).length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('withoutComments', () => {
  it('puts the statement on one line and keeps what only looks like a comment', () => {
    expect(withoutComments(`-- why\nselect '--x' /* y */,\n  2`)).toBe(`select '--x' , 2`);
  });
});
