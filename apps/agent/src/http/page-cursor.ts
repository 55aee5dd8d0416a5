import { z } from 'zod';
import { AgentError } from '../agent-error.ts';
import { isStorableInstant } from './schemas/storable-instant.ts';

const position = z.tuple([z.iso.datetime().refine(isStorableInstant), z.uuid()]);

interface Positioned {
  readonly id: string;
  readonly created_at: string;
}

/** Reads a cursor; the position it holds is that of the last object the client has. */
export function parseCursor(
  cursor: string | undefined,
): { readonly createdAt: string; readonly id: string } | undefined {
  if (cursor === undefined) return undefined;
  const parsed = position.safeParse(decoded(cursor));
  if (!parsed.success) throw new AgentError('cursor-invalid', { value: cursor });
  return { createdAt: parsed.data[0], id: parsed.data[1] };
}

/** Cuts the one object too many that tells whether there is another page. */
export function toPage<Item extends Positioned>(
  items: readonly Item[],
  limit: number,
): { readonly data: Item[]; readonly next_cursor: string | null } {
  const data = items.slice(0, limit);
  const last = data.at(-1);
  const hasMore = items.length > limit && last !== undefined;
  return {
    data,
    next_cursor: hasMore ? Buffer.from(JSON.stringify([last.created_at, last.id])).toString('base64url') : null,
  };
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
