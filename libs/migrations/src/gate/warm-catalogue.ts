import { type ClientBase, escapeIdentifier } from 'pg';
import { codeOf } from '../runner/describe-failure.ts';
import type { Finding } from './finding.ts';
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
  const before = new Map<string, string>();
  const executions = new Map<string, string>();
  for (const statement of statements) {
    executions.set(statement.name, await prepare(client, statement));
    before.set(statement.name, await execute(client, executions.get(statement.name) ?? ''));
  }
  return {
    compareAfter: async (migration) => {
      const findings: Finding[] = [];
      for (const statement of statements) {
        const after = await execute(client, executions.get(statement.name) ?? '');
        const was = before.get(statement.name) ?? '';
        if (after !== was) findings.push(describeChange({ migration, statement, was, after }));
      }
      return findings;
    },
  };
}

const selectTypes = 'select parameter_types::regtype[]::text[] as types from pg_prepared_statements where name = $1';

/** Returns the statement that executes it, with a value for every parameter; the values need not exist. */
async function prepare(client: ClientBase, { name, text }: CatalogueStatement): Promise<string> {
  const identifier = escapeIdentifier(name);
  await client.query(`prepare ${identifier} as ${text}`);
  const { rows } = await client.query<{ types: string[] }>(selectTypes, [name]);
  const values = (rows[0]?.types ?? []).map(synthesiseLiteral).join(', ');
  return values === '' ? `execute ${identifier}` : `execute ${identifier} (${values})`;
}

/** `ok`, or how it failed: that a value breaks a constraint is fine, as long as it did so before. */
async function execute(client: ClientBase, text: string): Promise<string> {
  await client.query('begin');
  const outcome = await client.query(text).then(
    () => 'ok',
    (error: Error & { constraint?: string }) => `${codeOf(error)} ${error.message}`,
  );
  await client.query('rollback');
  return outcome;
}

interface Change {
  readonly migration: string;
  readonly statement: CatalogueStatement;
  readonly was: string;
  readonly after: string;
}

function describeChange({ migration, statement, was, after }: Change): Finding {
  const message = `the live release's statement "${statement.name}" gave "${was}" before and "${after}" after; keep what it uses until no such release is live`;
  return { rule: 'live-statement', file: migration, message };
}
