import { type ClientBase, escapeIdentifier } from 'pg';
import { codeOf } from '../runner/describe-failure.ts';
import type { Finding } from './finding.ts';
import { type ModelRows, modelLiteral, readModelRows } from './model-rows.ts';
import { readWrittenColumns } from './parameter-columns.ts';
import type { CatalogueStatement, SqlCatalogue } from './sql-catalogue.ts';
import { synthesiseLiteral } from './synthesise-value.ts';

/** The statements of a release, prepared on a connection that lives on while the schema changes under it. */
export interface WarmCatalogue {
  /** Runs all statements again and says which of them behave otherwise than before the migration. */
  compareAfter(migration: string): Promise<readonly Finding[]>;
}

/**
 * Prepares every statement of a release and executes it once, as a process does that is live when a migration runs.
 * A fresh connection would not show what a plan that is kept on a warm one does. Everything is rolled back.
 */
export async function warmUp(client: ClientBase, { statements }: SqlCatalogue): Promise<WarmCatalogue> {
  const warm: WarmStatement[] = [];
  const models = await readModelRows(client);
  for (const statement of statements) warm.push(await warmUpStatement(client, statement, models));
  return {
    compareAfter: async (migration) => {
      const findings: Finding[] = [];
      for (const one of warm) findings.push(...(await compare(client, one, migration)));
      return findings;
    },
  };
}

interface WarmStatement {
  readonly statement: CatalogueStatement;
  /** Why it could not even be prepared, in a schema that its release is said to work with. */
  readonly failure?: string;
  readonly probes: readonly Probe[];
}

/** One execution, and what came of it before the migration. */
interface Probe {
  readonly execution: string;
  readonly was: string;
}

async function warmUpStatement(
  client: ClientBase,
  statement: CatalogueStatement,
  models: readonly ModelRows[],
): Promise<WarmStatement> {
  const failure = await outcomeOf(client.query(`prepare ${escapeIdentifier(statement.name)} as ${statement.text}`));
  if (failure !== 'ok') return { statement, failure, probes: [] };
  const types = await readTypes(client, statement);
  const execution = renderExecution(statement, types.map(synthesiseLiteral));
  const made = { execution, was: await execute(client, execution) };
  return { statement, probes: [made, ...(await probeWrites(client, { statement, types, models }))] };
}

interface Write {
  readonly statement: CatalogueStatement;
  readonly types: readonly string[];
  readonly models: readonly ModelRows[];
}

/**
 * Writes what rows that exist look like. A made-up value mostly breaks a constraint of today, and a made-up key finds
 * no row, so neither would show that the migration forbids what is written. Only what succeeds today can show it.
 */
async function probeWrites(client: ClientBase, { statement, types, models }: Write): Promise<readonly Probe[]> {
  const columns = await readWrittenColumns(statement.text);
  if (columns.length === 0) return [];
  const executions = models.map((model) => {
    const parameters = types.map((type, index) => ({
      type,
      column: columns.find((one) => one.parameter === index + 1),
    }));
    return renderExecution(
      statement,
      parameters.map((parameter) => modelLiteral(model, parameter)),
    );
  });
  const probes: Probe[] = [];
  for (const execution of new Set(executions)) probes.push({ execution, was: await execute(client, execution) });
  return probes.filter(({ was }) => was === 'ok');
}

async function compare(client: ClientBase, warm: WarmStatement, migration: string): Promise<readonly Finding[]> {
  const { statement, failure, probes } = warm;
  if (failure !== undefined) return [describeBroken({ migration, statement, failure })];
  for (const { execution, was } of probes) {
    const after = await execute(client, execution);
    if (after !== was) return [describeChange({ migration, statement, was, after })];
  }
  return [];
}

const selectTypes = 'select parameter_types::regtype[]::text[] as types from pg_prepared_statements where name = $1';

async function readTypes(client: ClientBase, { name }: CatalogueStatement): Promise<readonly string[]> {
  const { rows } = await client.query<{ types: string[] }>(selectTypes, [name]);
  return rows[0]?.types ?? [];
}

function renderExecution({ name }: CatalogueStatement, values: readonly string[]): string {
  return `execute ${escapeIdentifier(name)}${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
}

async function execute(client: ClientBase, text: string): Promise<string> {
  await client.query('begin');
  const outcome = await outcomeOf(client.query(text).then(() => client.query('set constraints all immediate')));
  await client.query('rollback');
  return outcome;
}

/** `ok`, or how it failed: that a value breaks a constraint is fine, as long as it did so before. */
function outcomeOf(query: Promise<unknown>): Promise<string> {
  return query.then(
    () => 'ok',
    (error: Error) => `${codeOf(error)} ${error.message}`,
  );
}

interface Failure {
  readonly migration: string;
  readonly statement: CatalogueStatement;
  readonly failure: string;
}

function describeBroken({ migration, statement, failure }: Failure): Finding {
  const message = `the live release's statement "${statement.name}" fails before this migration already: ${failure}; raise the requiredSchema of the release, or the min-app-version of the contract that took away what it uses`;
  return { rule: 'live-statement', file: migration, message };
}

interface Change {
  readonly migration: string;
  readonly statement: CatalogueStatement;
  readonly was: string;
  readonly after: string;
}

function describeChange({ migration, statement, was, after }: Change): Finding {
  const message = `the live release's statement "${statement.name}" gave "${was}" before and "${after}" after; ${adviceFor(after)}`;
  return { rule: 'live-statement', file: migration, message };
}

/** Class 23: the migration has added a constraint. */
const adviceFor = (after: string): string =>
  after.startsWith('23')
    ? 'release code that keeps within the new constraint, then add it in a file with "phase: contract" and "min-app-version" of that release'
    : 'keep what it uses until no such release is live';
