import type { Queryable } from '../database/database.ts';
import { sql } from '../database/sql-statement.ts';

export interface IdempotencyClaim {
  readonly tenant: string;
  readonly key: string;
  readonly fingerprint: string;
}

export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ClaimRow {
  readonly is_new: boolean;
  readonly fingerprint: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: string | null;
}

// One statement decides the winner: the row is inserted, or taken over when its owner died before it answered.
const claimKey = sql(
  'claim-idempotency-key',
  `insert into idempotency_keys as held (tenant_id, key, fingerprint, locked_until, expires_at)
   values ($1::text, $2::text, $3::text, now() + $4::integer * interval '1 millisecond', now() + interval '24 hours')
   on conflict (tenant_id, key) do update
     set fingerprint = excluded.fingerprint, locked_until = excluded.locked_until, expires_at = excluded.expires_at,
         status = 'running', response_status = null, response_headers = null, response_body = null
     where held.expires_at < now()
        or (held.status = 'running' and held.locked_until < now() and held.fingerprint = excluded.fingerprint)
   returning true as is_new, fingerprint, response_status as status, response_headers as headers, response_body as body`,
);
const selectKey = sql(
  'select-idempotency-key',
  `select false as is_new, fingerprint, response_status as status, response_headers as headers, response_body as body from idempotency_keys where tenant_id = $1::text and key = $2::text`,
);
const storeAnswer = sql(
  'store-idempotent-answer',
  `update idempotency_keys set status = 'done', response_status = $3::integer, response_headers = $4::jsonb, response_body = $5::text
   where tenant_id = $1::text and key = $2::text and status = 'running' returning key`,
);
const noteHeaders = sql(
  'note-headers-of-idempotent-answer',
  `update idempotency_keys set response_headers = $3::jsonb
   where tenant_id = $1::text and key = $2::text and status = 'running' returning key`,
);
const releaseKey = sql(
  'release-idempotency-key',
  `delete from idempotency_keys where tenant_id = $1::text and key = $2::text and status = 'running' returning key`,
);
const expiredAtOnce = 1000;
// Held before they are deleted, so that replicas share the work, and a key that is used anew meanwhile stays.
const deleteExpiredKeys = sql(
  'delete-expired-idempotency-keys',
  `with expired as (
     select tenant_id, key from idempotency_keys where expires_at < now() limit ${expiredAtOnce} for update skip locked
   )
   delete from idempotency_keys using expired
   where idempotency_keys.tenant_id = expired.tenant_id and idempotency_keys.key = expired.key
   returning idempotency_keys.key`,
);

/** Keys that clients send with POST requests, with the answer that a repeated request gets. */
export const idempotencyRepository = {
  claim: async (db: Queryable, claim: IdempotencyClaim, lockMs: number): Promise<ClaimRow | undefined> =>
    (await db.query<ClaimRow>(claimKey, [claim.tenant, claim.key, claim.fingerprint, lockMs]))[0] ??
    (await db.query<ClaimRow>(selectKey, [claim.tenant, claim.key]))[0],

  store: async (db: Queryable, claim: IdempotencyClaim, answer: StoredAnswer): Promise<void> => {
    await db.query(storeAnswer, [claim.tenant, claim.key, answer.status, JSON.stringify(answer.headers), answer.body]);
  },

  /** Notes on the claim what is known of its answer already. Whoever takes the key over forgets it. */
  note: async (db: Queryable, claim: IdempotencyClaim, headers: StoredAnswer['headers']): Promise<void> => {
    await db.query(noteHeaders, [claim.tenant, claim.key, JSON.stringify(headers)]);
  },

  release: async (db: Queryable, claim: IdempotencyClaim): Promise<void> => {
    await db.query(releaseKey, [claim.tenant, claim.key]);
  },

  /** Deletes some of them and says whether there may be more. */
  deleteExpired: async (db: Queryable): Promise<boolean> =>
    (await db.query(deleteExpiredKeys)).length === expiredAtOnce,
};
