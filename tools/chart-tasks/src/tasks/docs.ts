import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chart, Task } from '../chart.ts';
import { ChartTaskError } from '../chart-task-error.ts';
import { describeSchema, type Schema } from '../docs/describe-schema.ts';
import { generateReadme } from '../docs/generate-readme.ts';
import { readParameters } from '../docs/read-parameters.ts';

/** Writes what values.yaml documents into README.md and values.schema.json. */
export const writeDocs: Task = async (chart) => {
  const outdated = await outdatedFiles(chart);
  await Promise.all(outdated.map(({ path, text }) => writeFile(join(chart.root, path), text)));
  return outdated.length === 0 ? `${chart.folder} documents its values as they are` : `wrote ${listPaths(outdated)}`;
};

/** Fails when {@link writeDocs} would write anything. */
export const checkDocs: Task = async (chart) => {
  const outdated = await outdatedFiles(chart);
  if (outdated.length > 0)
    throw new ChartTaskError('outdated-docs', { value: listPaths(outdated), detail: chart.folder });
  return `${chart.folder} documents its values as they are`;
};

interface Document {
  readonly path: string;
  readonly text: string;
}

async function outdatedFiles(chart: Chart): Promise<readonly Document[]> {
  const documents = await Promise.all([buildReadme(chart), buildSchema(chart)]);
  return documents.flatMap((document) => document ?? []);
}

async function buildReadme({ root, folder }: Chart): Promise<Document | undefined> {
  const path = join(folder, 'README.md');
  const current = await readFile(join(root, path), 'utf8');
  const text = await generateReadme(current, join(root, folder, 'values.yaml'));
  return text === current ? undefined : { path, text };
}

/** A schema whose descriptions are right is left as it is, whatever its layout. */
async function buildSchema({ root, folder }: Chart): Promise<Document | undefined> {
  const path = join(folder, 'values.schema.json');
  if (!existsSync(join(root, path))) return undefined;
  const schema: Schema = JSON.parse(await readFile(join(root, path), 'utf8'));
  const described = describeSchema(schema, readParameters(await readFile(join(root, folder, 'values.yaml'), 'utf8')));
  return described === schema ? undefined : { path, text: `${JSON.stringify(described, null, 2)}\n` };
}

function listPaths(documents: readonly Document[]): string {
  return documents.map(({ path }) => path).join(' and ');
}
