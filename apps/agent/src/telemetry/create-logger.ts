import { type Logger, pino } from 'pino';
import type { Config } from '../config/parse-config.ts';
import { isError } from '../is-error.ts';

/** Paths that may carry a credential. Bodies and prompts are never logged at all. */
const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  'headers.authorization',
  '*.password',
  '*.apiKey',
  '*.token',
];

export function createLogger(level: Config['logLevel'], destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    redact: { paths: redacted, censor: '[secret]' },
    base: { service: 'task-api' },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string | undefined;
  readonly cause?: DescribedError;
}

/** Name, message and stack only: error objects of drivers and HTTP clients carry URLs, headers and bodies. */
export function describeError(error: unknown): DescribedError {
  if (!isError(error)) return { type: typeof error, message: 'a value that is no Error was thrown' };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}
