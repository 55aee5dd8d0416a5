import type { Queryable } from '../database/database.ts';
import { sql } from '../database/sql-statement.ts';

const reportInstance = sql(
  'report-app-instance',
  `insert into app_instances (name, app_version) values ($1::text, $2::text)
   on conflict (name) do update set app_version = excluded.app_version, seen_at = now()`,
);
const removeInstance = sql('remove-app-instance', 'delete from app_instances where name = $1::text');

/** Which releases are live: a contract migration waits until none is left that needs the old shape. */
export const appInstanceRepository = {
  report: async (db: Queryable, name: string, appVersion: string): Promise<void> => {
    await db.query(reportInstance, [name, appVersion]);
  },

  remove: async (db: Queryable, name: string): Promise<void> => {
    await db.query(removeInstance, [name]);
  },
};
