import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readMigrations } from '@task-api/migrations';
import { appVersion, requiredSchemaVersion } from './app-version.ts';

describe('appVersion', () => {
  it('is the version of the repository', () => {
    const root = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
    expect(appVersion).toBe(root.version);
  });
});

describe('requiredSchemaVersion', () => {
  it('is a migration that exists', async () => {
    expect((await readMigrations()).map(({ number }) => number)).toContain(requiredSchemaVersion);
  });
});
