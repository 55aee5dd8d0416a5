import { type RedisOptions as IoredisOptions, Redis } from 'ioredis';
import { type BreakerState, CircuitBreaker } from '../circuit-breaker.ts';
import type { ConnectionConfig } from '../config/parse-config.ts';

type RedisOptions = Omit<IoredisOptions, 'replyMapping'>;

/** Redis as a cache that may vanish: every call answers soon, with `undefined` when Redis did not. */
export interface RedisStore {
  readonly state: 'up' | 'down' | 'absent';
  attempt<Result>(call: (redis: Redis) => Promise<Result>): Promise<RedisAnswer<Result>>;
  /** Calls `onMessage` for every message until `close`; silently without messages while Redis is away. */
  subscribe(channel: string, onMessage: (message: string) => void): void;
  publish(channel: string, message: string): void;
  ping(): Promise<void>;
  /** Waits for the first connection, for a bounded time: commands are refused before it. */
  ready(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

export type RedisAnswer<Result> =
  | { readonly isAnswered: true; readonly value: Result }
  | { readonly isAnswered: false };

export interface RedisStoreOptions {
  readonly connection: ConnectionConfig | undefined;
  readonly onStateChange: (state: BreakerState) => void;
  readonly onError: () => void;
}

const pauseMs = 1000;
/** Sooner than the pause ends: each trial that fails begins it anew. */
const trialMs = 800;

const unanswered = { isAnswered: false } as const;

export function openRedisStore(options: RedisStoreOptions): RedisStore {
  return options.connection === undefined ? absentStore : new ConnectedStore(options.connection, options);
}

const absentStore: RedisStore = {
  state: 'absent',
  attempt: async () => unanswered,
  subscribe: () => undefined,
  publish: () => undefined,
  ping: async () => undefined,
  ready: async () => undefined,
  close: async () => undefined,
};

class ConnectedStore implements RedisStore {
  readonly #redis: Redis;
  readonly #connection: ConnectionConfig;
  readonly #breaker: CircuitBreaker;
  readonly #onError: () => void;
  #subscriber: Redis | undefined;
  #trials: NodeJS.Timeout | undefined;

  constructor(connection: ConnectionConfig, { onStateChange, onError }: RedisStoreOptions) {
    this.#connection = connection;
    const onChange = (state: BreakerState) => {
      this.#tryWhile(state);
      onStateChange(state);
    };
    this.#breaker = new CircuitBreaker({ threshold: 5, lastingMs: 400, pauseMs, now: Date.now, onChange });
    this.#onError = onError;
    this.#redis = new Redis(redisOptions(connection, failFast));
    // The breaker reports state changes; one line per reconnect attempt would flood the log.
    this.#redis.on('error', () => undefined);
  }

  get state(): 'up' | 'down' {
    return this.#redis.status === 'ready' && this.#breaker.state === 'closed' ? 'up' : 'down';
  }

  async attempt<Result>(call: (redis: Redis) => Promise<Result>): Promise<RedisAnswer<Result>> {
    return this.#breaker.admits() ? this.#call(call) : unanswered;
  }

  async #call<Result>(call: (redis: Redis) => Promise<Result>): Promise<RedisAnswer<Result>> {
    try {
      const value = await call(this.#redis);
      this.#breaker.succeed();
      return { isAnswered: true, value };
    } catch {
      this.#onError();
      this.#breaker.fail();
      return unanswered;
    }
  }

  /** Asks by itself whether Redis is back: an idle process shall notice, and a busy one shall not make a request wait. */
  #tryWhile(state: BreakerState): void {
    clearInterval(this.#trials);
    if (state === 'open') this.#trials = setInterval(() => void this.#call((redis) => redis.ping()), trialMs).unref();
  }

  subscribe(channel: string, onMessage: (message: string) => void): void {
    const subscriber = new Redis(redisOptions(this.#connection, resubscribing));
    subscriber.on('error', () => undefined);
    subscriber.on('message', (_channel, message) => onMessage(message));
    subscriber.subscribe(channel).catch(() => undefined); // ioredis subscribes again when it has reconnected
    this.#subscriber = subscriber;
  }

  publish(channel: string, message: string): void {
    void this.attempt((redis) => redis.publish(channel, message));
  }

  async ping(): Promise<void> {
    await this.#redis.ping();
  }

  async ready(timeoutMs: number): Promise<void> {
    if (this.#redis.status === 'ready') return;
    const waiting = Promise.withResolvers<void>();
    const timer = setTimeout(() => waiting.resolve(), timeoutMs);
    this.#redis.once('ready', () => waiting.resolve());
    await waiting.promise;
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    clearInterval(this.#trials);
    this.#subscriber?.disconnect();
    this.#redis.disconnect();
  }
}

/** Measured: a frozen server costs 100 ms instead of forever, a dead one nothing. */
const failFast: RedisOptions = {
  enableAutoPipelining: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: 100,
  socketTimeout: 2000,
};

const resubscribing: RedisOptions = { enableOfflineQueue: true, maxRetriesPerRequest: null, autoResubscribe: true };

function redisOptions({ url, password }: ConnectionConfig, behaviour: RedisOptions): RedisOptions {
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1) || 0),
    ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
    ...(password && { password: password.reveal() }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
    connectTimeout: 500,
    disconnectTimeout: 100,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1000),
    connectionName: 'task-api',
    ...behaviour,
  };
}
