import { type ClientBase, escapeIdentifier } from 'pg';
import type { Migration } from '../migration-file.ts';
import { withoutComments } from '../split-statements.ts';
import type { Settings } from './runner-options.ts';

const createIndex = /^create (?:unique )?index concurrently (?:if not exists )?"?(\w+)"? on /i;

const selectInvalid = `
select 1 from pg_index join pg_class on pg_class.oid = indexrelid
where relname = $1 and relnamespace = current_schema()::regnamespace and not indisvalid`;

/**
 * An interrupted `create index concurrently` leaves an index that costs writes and serves no reads, and that
 * `if not exists` would take for the finished one.
 */
export async function dropInvalidIndex(
  client: ClientBase,
  { migration, text }: { readonly migration: Migration; readonly text: string },
  settings: Settings,
): Promise<void> {
  const index = createIndex.exec(withoutComments(text))?.[1];
  if (index === undefined) return;
  const { rowCount } = await client.query(selectInvalid, [index]);
  if (rowCount === 0) return;
  await client.query(`drop index concurrently if exists ${escapeIdentifier(index)}`);
  settings.onProgress({ kind: 'invalid-index-dropped', name: migration.name, index });
}
