import { createTestDatabase, type TestDatabase } from '@task-api/local-stack/testing';
import { digestHistory, migrateUp, readMigrations } from '@task-api/migrations';
import { appVersion } from '../../src/app-version.ts';

/** A database of its own, with the schema of the migrations. */
export async function createAgentDatabase(): Promise<TestDatabase> {
  const migrations = await readMigrations();
  const build = async (url: string) => {
    // A server on a busy machine may take longer than one attempt.
    const connection = { connectionString: url };
    await migrateUp({ connection, migrations, appVersion, waitForDatabaseMs: 30_000 });
  };
  return createTestDatabase({ template: { name: `agent_${digestHistory(migrations)}`, build } });
}
