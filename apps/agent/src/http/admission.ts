import type { IncomingHttpHeaders } from 'node:http';
import type { AppServices } from './app-services.ts';
import type { RateDecision, RateLimiter } from './rate-limiter.ts';

export interface Gate extends Pick<AppServices, 'config' | 'apiKeys'> {
  readonly limiter: RateLimiter | undefined;
}

/** Whose request it is, and whether that tenant may make another one; without a limit there is no decision. */
export interface Admission {
  readonly tenant: string;
  readonly decision: RateDecision | undefined;
}

/** Counts the request. Undefined for one without a valid key, which nobody's limit is about. */
export function admit(headers: IncomingHttpHeaders, gate: Gate): Admission | undefined {
  const tenant = tenantOf(headers, gate);
  return tenant === undefined ? undefined : { tenant, decision: gate.limiter?.take(tenant) };
}

function tenantOf({ authorization = '' }: IncomingHttpHeaders, { config, apiKeys }: Gate): string | undefined {
  if (config.auth.mode === 'off') return 'default';
  const [, key] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  return key === undefined ? undefined : apiKeys.tenantOf(key);
}

/** What an answer says about the limit. */
export function limitHeaders({ limit, remaining }: RateDecision): Readonly<Record<string, number>> {
  return { 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining };
}
