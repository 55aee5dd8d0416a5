import { EventEmitter } from 'node:events';
import type { RedisStore } from '../redis/redis-store.ts';

const channel = 'task-api:runs';

/** Wakes whoever waits for a run, here and on other replicas. Only a hint: PostgreSQL holds the truth, pollers find it anyway. */
export class RunSignals {
  readonly #redis: RedisStore;
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  constructor(redis: RedisStore) {
    this.#redis = redis;
    redis.subscribe(channel, (topic) => this.#emitter.emit(topic));
  }

  notify(topic: string): void {
    this.#emitter.emit(topic);
    this.#redis.publish(channel, topic);
  }

  /** Wakes this process only. */
  wake(topic: string): void {
    this.#emitter.emit(topic);
  }

  on(topic: string, listener: () => void): () => void {
    this.#emitter.on(topic, listener);
    return () => this.#emitter.off(topic, listener);
  }

  /** Polling is all there is while Redis is away, so it is done more often then. */
  get pollMs(): number {
    return this.#redis.state === 'up' ? 1000 : 250;
  }
}

export const runTopics = {
  queued: 'queued',
  events: (runId: string) => `events:${runId}`,
  cancel: (runId: string) => `cancel:${runId}`,
} as const;

/** Resolves at the next signal, after the time, or when aborted; a signal since `arm` is not missed. */
export function createWaiter(signals: RunSignals, topic: string) {
  let wake = Promise.withResolvers<void>();
  const off = signals.on(topic, () => wake.resolve());
  return {
    async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
      const timer = setTimeout(() => wake.resolve(), timeoutMs);
      const onAbort = () => wake.resolve();
      signal.addEventListener('abort', onAbort, { once: true });
      if (!signal.aborted) await wake.promise;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      wake = Promise.withResolvers();
    },
    close: off,
  };
}
