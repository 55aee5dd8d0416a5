import type { Logger } from 'pino';
import { appVersion } from './app-version.ts';
import type { Database } from './database/database.ts';
import { appInstanceRepository } from './repositories/app-instance-repository.ts';
import { idempotencyRepository } from './repositories/idempotency-repository.ts';

export interface HousekeepingOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly owner: string;
}

const periodMs = 20_000;
/** Well within the period, so that rounds do not overlap. */
const longestDeletionMs = periodMs / 2;

/** What every process does now and then: say which release it is, and forget expired idempotency keys. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isStopping = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#begin();
    this.#timer = setInterval(() => this.#begin(), periodMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopping = true;
    await this.#round;
    await this.#attempt((database) => appInstanceRepository.remove(database, this.#options.owner));
  }

  #begin(): void {
    this.#round = this.#attempt(async (database) => {
      await appInstanceRepository.report(database, this.#options.owner, appVersion);
      await this.#deleteExpiredKeys(database);
    });
  }

  async #deleteExpiredKeys(database: Database): Promise<void> {
    const endAt = Date.now() + longestDeletionMs;
    let mayBeMore = true;
    while (mayBeMore && !this.#isStopping && Date.now() < endAt)
      mayBeMore = await idempotencyRepository.deleteExpired(database);
  }

  /** A round that fails is made up for by the next one. */
  async #attempt(work: (database: Database) => Promise<void>): Promise<void> {
    try {
      await work(this.#options.database);
    } catch (error) {
      this.#options.log.debug({ err: error }, 'housekeeping failed');
    }
  }
}
