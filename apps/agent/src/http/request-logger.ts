import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from 'pino';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** The logger of one request. Its child of pino is made when something is written: most requests write nothing. */
export class RequestLogger implements FastifyBaseLogger {
  readonly #parent: Logger;
  readonly #bindings: Readonly<Record<string, unknown>>;
  #own: Logger | undefined;

  constructor(parent: Logger, bindings: Readonly<Record<string, unknown>>) {
    this.#parent = parent;
    this.#bindings = bindings;
  }

  get level(): string {
    return this.#parent.level;
  }

  child(...args: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#made().child(...args);
  }

  fatal(...args: readonly unknown[]): void {
    this.#write('fatal', args);
  }

  error(...args: readonly unknown[]): void {
    this.#write('error', args);
  }

  warn(...args: readonly unknown[]): void {
    this.#write('warn', args);
  }

  info(...args: readonly unknown[]): void {
    this.#write('info', args);
  }

  debug(...args: readonly unknown[]): void {
    this.#write('debug', args);
  }

  trace(...args: readonly unknown[]): void {
    this.#write('trace', args);
  }

  silent(): void {
    // The level that writes nothing.
  }

  #write(level: Level, args: readonly unknown[]): void {
    if (this.#parent.isLevelEnabled(level)) Reflect.apply(this.#made()[level], this.#own, args);
  }

  #made(): Logger {
    this.#own ??= this.#parent.child(this.#bindings);
    return this.#own;
  }
}
