import type { Queryable } from '../database/database.ts';
import { sql } from '../database/sql-statement.ts';
import { isError } from '../is-error.ts';

const selectAppliedVersion = sql(
  'select-applied-schema',
  'select max(number)::integer as version from schema_migrations where finished_at is not null',
);

const undefinedTable = '42P01';

/** Which migrations the database has seen. */
export const schemaRepository = {
  appliedVersion: async (db: Queryable): Promise<number> => {
    try {
      const [row] = await db.query<{ version: number | null }>(selectAppliedVersion);
      return row?.version ?? 0;
    } catch (error) {
      if (isError(error) && 'code' in error && error.code === undefinedTable) return 0;
      throw error;
    }
  },
};
