import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { searchPostgres } from '@task-api/local-stack';
import { createTestDatabase, type TestDatabase } from '@task-api/local-stack/testing';
import { readMigrations } from '@task-api/migrations';
import { checkCatalogueText, rehearse, renderFindings, seedTables } from '@task-api/migrations/gate';
import { appVersion } from '../src/app-version.ts';
import { sqlCatalogue } from '../src/database/sql-catalogue.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

const majors = (await Promise.all([18, 15].map((major) => searchPostgres({ major })))).flatMap(
  (found) => found?.major ?? [],
);
const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

describe('a release that is live while the schema changes', () => {
  it('names the columns it reads', async () => {
    expect(renderFindings(await checkCatalogueText(sqlCatalogue()))).toBe('');
  });

  it.each(majors)(
    'gets the same from every statement on connections it has had before, on PostgreSQL %i',
    async (major) => {
      const database = await createTestDatabase({ major });
      databases.push(database);
      const releases = [{ appVersion, catalogue: sqlCatalogue() }];
      const steps = await rehearse({
        url: database.url,
        migrations: await readMigrations(),
        seed: seedTables,
        releases,
      });
      expect(renderFindings(steps.flatMap(({ findings }) => findings))).toBe('');
    },
  );
});
