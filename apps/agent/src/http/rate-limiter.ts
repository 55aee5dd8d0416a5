import type { RedisStore } from '../redis/redis-store.ts';

export interface RateDecision {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

interface Window {
  readonly minute: number;
  /** Counted by all replicas, as Redis last told us. */
  shared: number;
  /** Counted here since. */
  own: number;
  isSyncing: boolean;
}

const syncMs = 100;
const maxTenants = 10_000;

/**
 * Counts requests of a tenant per minute. Replicas add their counts up in Redis, some times a second and
 * never while a request waits; without Redis each replica limits by itself, so the limit fails open.
 */
export class RateLimiter {
  readonly #redis: RedisStore;
  readonly #limit: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(redis: RedisStore, limit: number, now: () => number) {
    this.#redis = redis;
    this.#limit = limit;
    this.#now = now;
  }

  take(tenant: string): RateDecision {
    const nowMs = this.#now();
    const window = this.#window(tenant, Math.floor(nowMs / 60_000));
    const used = window.shared + window.own;
    const isAllowed = used < this.#limit;
    if (isAllowed) this.#count(tenant, window);
    const remaining = Math.max(0, this.#limit - used - 1);
    return { isAllowed, limit: this.#limit, remaining, resetSeconds: 60 - (Math.floor(nowMs / 1000) % 60) };
  }

  #window(tenant: string, minute: number): Window {
    const known = this.#windows.get(tenant);
    if (known?.minute === minute) return known;
    if (this.#windows.size >= maxTenants) this.#windows.clear();
    const window = { minute, shared: 0, own: 0, isSyncing: false };
    this.#windows.set(tenant, window);
    return window;
  }

  #count(tenant: string, window: Window): void {
    window.own += 1;
    if (window.isSyncing || this.#redis.state !== 'up') return;
    window.isSyncing = true;
    setTimeout(() => void this.#sync(tenant, window), syncMs).unref();
  }

  async #sync(tenant: string, window: Window): Promise<void> {
    const added = window.own;
    const key = `task-api:rate:${tenant}:${window.minute}`;
    const reply = await this.#redis.attempt(async (redis) => {
      const [total] = await Promise.all([redis.incrby(key, added), redis.expire(key, 120)]);
      return total;
    });
    window.isSyncing = false;
    if (!reply.isAnswered) return;
    window.shared = Number(reply.value);
    window.own -= added;
  }
}
