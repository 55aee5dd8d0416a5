import '../repositories/app-instance-repository.ts';
import '../repositories/idempotency-repository.ts';
import '../repositories/message-repository.ts';
import '../repositories/run-event-repository.ts';
import '../repositories/run-repository.ts';
import '../repositories/schema-repository.ts';
import '../repositories/session-repository.ts';
import '../repositories/task-repository.ts';
import '../repositories/tool-call-repository.ts';
import { requiredSchemaVersion } from '../app-version.ts';
import { declaredStatements, type SqlStatement } from './sql-statement.ts';

/** What a release asks of the schema. The gate of the migrations prepares it against every newer schema. */
export interface SqlCatalogue {
  readonly requiredSchema: number;
  readonly statements: readonly SqlStatement[];
}

/** Every statement that the repositories issue. */
export function sqlCatalogue(): SqlCatalogue {
  return { requiredSchema: requiredSchemaVersion, statements: declaredStatements() };
}
