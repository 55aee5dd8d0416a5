import { requiredSchemaVersion } from '../app-version.ts';
import type { Database } from '../database/database.ts';
import { schemaRepository } from '../repositories/schema-repository.ts';

export interface ReadinessReport {
  readonly isReady: boolean;
  readonly checks: {
    readonly draining: 'no' | 'yes';
    readonly database: 'up' | 'down' | 'unknown';
    readonly schema: { readonly required: number; readonly applied: number | null };
  };
}

/** Ready means: PostgreSQL answers, its schema is new enough, and this process is not going away. Redis is not asked. */
export class Readiness {
  readonly #database: Database;
  #isDraining = false;

  constructor(database: Database) {
    this.#database = database;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  startDraining(): void {
    this.#isDraining = true;
  }

  async report(): Promise<ReadinessReport> {
    const applied = await this.#appliedSchema();
    const checks = {
      draining: this.#isDraining ? ('yes' as const) : ('no' as const),
      database: applied === undefined ? ('down' as const) : ('up' as const),
      schema: { required: requiredSchemaVersion, applied: applied ?? null },
    };
    return { isReady: !this.#isDraining && applied !== undefined && applied >= requiredSchemaVersion, checks };
  }

  async #appliedSchema(): Promise<number | undefined> {
    try {
      return await schemaRepository.appliedVersion(this.#database);
    } catch {
      return undefined;
    }
  }
}
