import { createHash } from 'node:crypto';
import type { ModelCall } from '../models/language-model.ts';

/** Raise it whenever what is kept, or what the key is made of, changes its meaning. */
const keyVersion = 1;

export interface CacheSubject {
  readonly tenant: string;
  readonly provider: string;
  readonly model: string;
  readonly call: ModelCall;
}

/** One name for one question: equal for equal requests of one tenant, whatever the order of their keys. */
export function cacheKey({ tenant, provider, model, call }: CacheSubject): string {
  const { abortSignal: _, headers: __, includeRawChunks: ___, ...question } = call;
  const text = JSON.stringify({ keyVersion, tenant, provider, model, question }, sortKeys);
  return `task-api:answer:${createHash('sha256').update(text).digest('base64url')}`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
