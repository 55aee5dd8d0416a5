import type { Queryable } from '../database/database.ts';
import { isoTime, sql } from '../database/sql-statement.ts';
import { storableJson } from '../database/storable-json.ts';
import type { RunLease } from './run-repository.ts';

export type MessageRole = 'system' | 'user' | 'assistant' | 'tool';

export interface MessagePart {
  readonly type: 'text' | 'tool-call' | 'tool-result';
  readonly text?: string;
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly isError?: boolean;
  readonly step?: number;
}

export interface Message {
  readonly id: string;
  readonly run_id: string | null;
  readonly role: MessageRole;
  readonly content: readonly MessagePart[];
  readonly created_at: string;
}

/** The id is derived from run, step and role, so that a repeated write is recognised. */
export type NewMessage = Pick<Message, 'id' | 'role' | 'content'>;

const columns = `messages.id, messages.run_id, messages.role, messages.content, ${isoTime('messages.created_at')}`;

const selectMessages = sql(
  'select-messages',
  `select ${columns} from messages join sessions on sessions.id = messages.session_id
   where sessions.tenant_id = $1::text and messages.session_id = $2::uuid
   order by messages.seq desc limit $3::integer`,
);
const insertMessage = sql(
  'insert-message',
  `with fence as (
     select id, session_id from runs
     where id = $1::uuid and attempt = $2::integer and lease_owner = $3::text and status = 'running' for update
   ), written as (
     insert into messages (id, session_id, run_id, role, content)
     select $4::uuid, fence.session_id, fence.id, $5::text, $6::jsonb from fence
     on conflict (id) do nothing
   )
   select id from fence`,
);

/** Messages of a session, written only by the process that holds the run's lease. */
export const messageRepository = {
  /** The newest `limit` messages, oldest first. */
  list: async (
    db: Queryable,
    tenant: string,
    page: { readonly sessionId: string; readonly limit: number },
  ): Promise<readonly Message[]> =>
    [...(await db.query<Message>(selectMessages, [tenant, page.sessionId, page.limit]))].reverse(),

  /** False when the lease was lost; writing the same message twice changes nothing. */
  insert: async (db: Queryable, lease: RunLease, message: NewMessage): Promise<boolean> =>
    (
      await db.query(insertMessage, [
        lease.runId,
        lease.attempt,
        lease.owner,
        message.id,
        message.role,
        storableJson(message.content),
      ])
    ).length === 1,
};
