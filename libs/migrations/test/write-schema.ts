/** Writes sql/schema.gen.sql: the schema that the migrations lead to. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory, snapshotName } from '../src/migration-file.ts';
import { buildSnapshot } from './build-snapshot.ts';

await writeFile(join(migrationsDirectory, snapshotName), await buildSnapshot());
