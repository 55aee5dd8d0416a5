import type { Queryable } from '../database/database.ts';
import { isoTime, sql } from '../database/sql-statement.ts';

export interface Session {
  readonly id: string;
  readonly title: string;
  readonly created_at: string;
  readonly updated_at: string;
}

const columns = `id, title, ${isoTime('created_at')}, ${isoTime('updated_at')}`;

const insertSession = sql(
  'insert-session',
  `insert into sessions (id, tenant_id, title) values ($1::uuid, $2::text, $3::text) returning ${columns}`,
);
const selectSession = sql(
  'select-session',
  `select ${columns} from sessions where tenant_id = $1::text and id = $2::uuid`,
);
const lockSession = sql(
  'lock-session',
  `update sessions set updated_at = now() where tenant_id = $1::text and id = $2::uuid returning id`,
);
const selectSessions = sql(
  'select-sessions',
  `select ${columns} from sessions
   where tenant_id = $1::text and ($2::timestamptz is null or (sessions.created_at, id) < ($2::timestamptz, $3::uuid))
   order by sessions.created_at desc, id desc limit $4::integer`,
);
const deleteSession = sql(
  'delete-session',
  'delete from sessions where tenant_id = $1::text and id = $2::uuid returning id',
);

export interface SessionPage {
  readonly after?: { readonly createdAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Conversations of one tenant. */
export const sessionRepository = {
  insert: async (db: Queryable, tenant: string, session: Pick<Session, 'id' | 'title'>): Promise<Session | undefined> =>
    (await db.query<Session>(insertSession, [session.id, tenant, session.title]))[0],

  find: async (db: Queryable, tenant: string, id: string): Promise<Session | undefined> =>
    (await db.query<Session>(selectSession, [tenant, id]))[0],

  /** Serialises the creation of runs in one session until the transaction ends; false when there is no such session. */
  lock: async (db: Queryable, tenant: string, id: string): Promise<boolean> =>
    (await db.query(lockSession, [tenant, id])).length === 1,

  list: (db: Queryable, tenant: string, page: SessionPage): Promise<readonly Session[]> =>
    db.query<Session>(selectSessions, [tenant, page.after?.createdAt ?? null, page.after?.id ?? null, page.limit]),

  delete: async (db: Queryable, tenant: string, id: string): Promise<boolean> =>
    (await db.query(deleteSession, [tenant, id])).length === 1,
};
