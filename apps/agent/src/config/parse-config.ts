import { hostname } from 'node:os';
import { AgentError } from '../agent-error.ts';
import {
  choiceOf,
  type Environment,
  integerOf,
  parseUrl,
  textOf,
  urlOf,
  type VariableName,
} from './config-variables.ts';
import { readFileValue, readSecret } from './read-file-value.ts';
import { Secret } from './secret.ts';

export interface ConnectionConfig {
  /** Without password. */
  readonly url: URL;
  readonly password: Secret | undefined;
}

export interface Config {
  readonly port: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly workers: number;
  readonly leaseMs: number;
  readonly database: ConnectionConfig & { readonly poolMax: number; readonly timeoutMs: number };
  readonly redis: ConnectionConfig | undefined;
  readonly cache: { readonly isEnabled: boolean; readonly ttlSeconds: number };
  readonly model: ModelConfig;
  readonly auth: { readonly mode: 'off' | 'api-key'; readonly keysFile: string | undefined };
  readonly limits: { readonly requestsPerMinute: number; readonly bodyBytes: number };
  readonly drain: { readonly delayMs: number; readonly runBudgetMs: number; readonly closeDeadlineMs: number };
  readonly podName: string;
  readonly otlpEndpoint: URL | undefined;
}

export interface ModelConfig {
  readonly provider: 'embedded' | 'openai-compatible';
  readonly name: string;
  readonly baseUrl: URL | undefined;
  readonly apiKey: Secret | undefined;
  readonly timeoutMs: number;
}

const dayMs = 86_400_000;

/** Reads the environment and the files it names once; everything after it trusts the result. */
export function parseConfig(env: Environment): Config {
  return {
    port: integerOf(env, 'PORT', [0, 65_535]),
    logLevel: choiceOf(env, 'LOG_LEVEL', ['debug', 'info', 'warn', 'error']),
    workers: integerOf(env, 'WORKERS', [0, 256]),
    leaseMs: integerOf(env, 'RUN_LEASE_MS', [500, dayMs]),
    database: parseDatabase(env),
    redis: parseRedis(env),
    cache: parseCache(env),
    model: parseModel(env),
    auth: parseAuth(env),
    limits: parseLimits(env),
    drain: parseDrain(env),
    podName: textOf(env, 'POD_NAME') ?? hostname(),
    otlpEndpoint: urlOf(env, 'OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']),
  };
}

export function parseDatabase(env: Environment): Config['database'] {
  const url = connectionUrl(env, ['DATABASE_URL', 'DATABASE_URL_FILE'], ['postgres:', 'postgresql:']);
  if (url === undefined) {
    throw new AgentError('config-invalid', {
      subject: 'DATABASE_URL',
      value: 'not set',
      allowed: 'a PostgreSQL URL, here or in DATABASE_URL_FILE',
    });
  }
  return {
    ...withPassword(url, readSecret(env, 'DATABASE_PASSWORD_FILE')),
    poolMax: integerOf(env, 'DATABASE_POOL_MAX', [1, 1000]),
    timeoutMs: integerOf(env, 'DATABASE_TIMEOUT_MS', [100, 60_000]),
  };
}

export function parseRedis(env: Environment): Config['redis'] {
  const url = connectionUrl(env, ['REDIS_URL', 'REDIS_URL_FILE'], ['redis:', 'rediss:']);
  return url && withPassword(url, readSecret(env, 'REDIS_PASSWORD_FILE'));
}

function connectionUrl(
  env: Environment,
  names: readonly [VariableName, VariableName],
  protocols: readonly string[],
): URL | undefined {
  const direct = urlOf(env, names[0], protocols);
  const text = direct === undefined ? readFileValue(env, names[1]) : undefined;
  return text === undefined || text === '' ? direct : parseUrl(text, names[1], protocols);
}

/** A password inside the URL is moved out of it, so that the URL may be logged. */
function withPassword(url: URL, password: Secret | undefined): ConnectionConfig {
  const bare = new URL(url);
  bare.password = '';
  const inline = url.password === '' ? undefined : new Secret(decodeURIComponent(url.password));
  return { url: bare, password: password ?? inline };
}

function parseCache(env: Environment): Config['cache'] {
  return {
    isEnabled: choiceOf(env, 'CACHE_ENABLED', ['true', 'false']) === 'true',
    ttlSeconds: integerOf(env, 'CACHE_TTL_SECONDS', [1, 30 * 86_400]),
  };
}

function parseModel(env: Environment): ModelConfig {
  const provider = choiceOf(env, 'MODEL_PROVIDER', ['embedded', 'openai-compatible']);
  const baseUrl = urlOf(env, 'MODEL_BASE_URL', ['http:', 'https:']);
  if (provider === 'openai-compatible' && baseUrl === undefined) {
    throw new AgentError('config-invalid', {
      subject: 'MODEL_BASE_URL',
      value: 'not set',
      allowed: 'a URL, because MODEL_PROVIDER is openai-compatible',
    });
  }
  const name = textOf(env, 'MODEL_NAME') ?? 'embedded';
  return {
    provider,
    name,
    baseUrl,
    apiKey: readSecret(env, 'MODEL_API_KEY_FILE'),
    timeoutMs: integerOf(env, 'MODEL_TIMEOUT_MS', [1, dayMs]),
  };
}

function parseAuth(env: Environment): Config['auth'] {
  const mode = choiceOf(env, 'AUTH_MODE', ['off', 'api-key']);
  const keysFile = textOf(env, 'API_KEYS_FILE');
  if (mode === 'api-key' && keysFile === undefined) {
    throw new AgentError('config-invalid', {
      subject: 'API_KEYS_FILE',
      value: 'not set',
      allowed: 'a path, because AUTH_MODE is api-key',
    });
  }
  return { mode, keysFile };
}

function parseLimits(env: Environment): Config['limits'] {
  return {
    requestsPerMinute: integerOf(env, 'RATE_LIMIT_PER_MINUTE', [0, 10_000_000]),
    bodyBytes: integerOf(env, 'BODY_LIMIT_BYTES', [1024, 1_073_741_824]),
  };
}

function parseDrain(env: Environment): Config['drain'] {
  return {
    delayMs: integerOf(env, 'DRAIN_DELAY_MS', [0, dayMs]),
    runBudgetMs: integerOf(env, 'RUN_DRAIN_BUDGET_MS', [0, dayMs]),
    closeDeadlineMs: integerOf(env, 'CLOSE_DEADLINE_MS', [0, dayMs]),
  };
}
