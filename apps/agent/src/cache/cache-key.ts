import { hash } from 'node:crypto';
import type { ModelCall } from '../models/language-model.ts';

/** Raise it whenever what is kept, or what the key is made of, changes its meaning. */
const keyVersion = 3;

export interface CacheSubject {
  readonly tenant: string;
  readonly provider: string;
  readonly model: string;
  readonly call: ModelCall;
}

/** One name for one question: equal for equal requests of one tenant, whatever the order of their keys. */
export function cacheKey({ tenant, provider, model, call }: CacheSubject): string {
  const { abortSignal: _, headers: __, includeRawChunks: ___, tools, ...question } = call;
  // We build the question ourselves, always in one order; only the schemas of tools come from clients as they are.
  const parts = [
    JSON.stringify([keyVersion, tenant, provider, model, question]),
    tools && JSON.stringify(tools, sortKeys),
  ];
  return `task-api:answer:${hash('sha256', parts.join('\n'), 'base64url')}`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
