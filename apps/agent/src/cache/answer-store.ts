import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RedisStore } from '../redis/redis-store.ts';
import { type CachedAnswer, formatEntry, parseEntry } from './cached-answer.ts';

export type Lookup = { readonly state: 'found'; readonly entry: CachedAnswer } | { readonly state: LookupFailure };

/** Redis has no answer, or did not say. */
export type LookupFailure = 'missing' | 'unanswered';

/** The two levels: a few megabytes in the process for seconds, Redis for as long as configured. */
export class AnswerStore {
  readonly #redis: RedisStore;
  readonly #ttlMs: number;
  readonly #lockMs: number;
  readonly #local: LRUCache<string, CachedAnswer>;

  /** `lockMs`: after that a lock whose process has gone silent is free again. */
  constructor(redis: RedisStore, ttlSeconds: number, lockMs = 30_000) {
    this.#redis = redis;
    this.#lockMs = lockMs;
    this.#ttlMs = ttlSeconds * 1000;
    this.#local = new LRUCache({ maxSize: 8_000_000, sizeCalculation: sizeOf, ttl: Math.min(this.#ttlMs, localTtlMs) });
  }

  local(key: string): CachedAnswer | undefined {
    return this.#local.get(key);
  }

  async shared(key: string): Promise<Lookup> {
    const reply = await this.#redis.attempt((redis) => redis.get(key));
    // Without a Redis in the configuration, nothing is missing: the process is all there is.
    if (!reply.isAnswered) return { state: this.#redis.state === 'absent' ? 'missing' : 'unanswered' };
    const entry = reply.value === null ? undefined : parseEntry(reply.value);
    if (entry === undefined) return { state: 'missing' };
    this.#local.set(key, entry);
    return { state: 'found', entry };
  }

  async keep(key: string, entry: CachedAnswer): Promise<void> {
    this.#local.set(key, entry);
    await this.#redis.attempt((redis) => redis.set(key, formatEntry(entry), 'PX', withJitter(this.#ttlMs)));
  }

  /**
   * The right to ask the model for this key, across replicas, until it is released or this process has gone silent;
   * undefined when another replica is asking.
   */
  async lock(key: string): Promise<AnswerLock | undefined> {
    const token = randomUUID();
    const reply = await this.#redis.attempt((redis) => redis.set(lockName(key), token, 'PX', this.#lockMs, 'NX'));
    const isTaken = reply.isAnswered && reply.value === null;
    return isTaken ? undefined : this.#heldLock(key, token);
  }

  async isLocked(key: string): Promise<boolean> {
    const reply = await this.#redis.attempt((redis) => redis.exists(lockName(key)));
    return reply.isAnswered && reply.value === 1;
  }

  #heldLock(key: string, token: string): AnswerLock {
    const renewal = setInterval(() => void this.#renew(key, token), this.#lockMs / 3).unref();
    return {
      release: async () => {
        clearInterval(renewal);
        await this.#unlock(key, token);
      },
    };
  }

  async #renew(key: string, token: string): Promise<void> {
    await this.#redis.attempt((redis) => redis.eval(renewScript, 1, lockName(key), token, this.#lockMs));
  }

  async #unlock(key: string, token: string): Promise<void> {
    await this.#redis.attempt((redis) => redis.eval(unlockScript, 1, lockName(key), token));
  }
}

export interface AnswerLock {
  release(): Promise<void>;
}

const localTtlMs = 30_000;
/** A lock that expired and was taken by another replica must be neither renewed nor released by us. */
const renewScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const unlockScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

function lockName(key: string): string {
  return `${key}:lock`;
}

/** Entries that were written together do not expire together. */
function withJitter(ttlMs: number): number {
  return Math.max(1, Math.round(ttlMs * (0.9 + Math.random() * 0.1)));
}

function sizeOf({ completion }: CachedAnswer): number {
  return 200 + completion.length * 2;
}
