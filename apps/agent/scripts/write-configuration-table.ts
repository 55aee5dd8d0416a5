/** Writes the table of environment variables into the README. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { insertConfigurationTable } from './configuration-table.ts';

const path = join(import.meta.dirname, '../README.md');

await writeFile(path, insertConfigurationTable(await readFile(path, 'utf8')));
