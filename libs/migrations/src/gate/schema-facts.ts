import type { Migration } from '../migration-file.ts';
import {
  type AlterCommand,
  alterCommandsOf,
  type Fields,
  findNodes,
  nameOf,
  type ParsedStatement,
  parseSql,
  tableOf,
} from './syntax-tree.ts';

/** What the migrations before a file have made, as far as the rules need it. */
export interface SchemaFacts {
  readonly tables: ReadonlySet<string>;
  /** Checks that say `column is not null`, by `table.constraint`. */
  readonly notNullChecks: ReadonlyMap<string, string>;
  /** `table.column` of those checks once they are validated. */
  readonly provenNotNull: ReadonlySet<string>;
}

export interface ParsedMigration {
  readonly migration: Migration;
  readonly statements: readonly ParsedStatement[];
  /** Before the file. */
  readonly facts: SchemaFacts;
}

const noFacts: SchemaFacts = { tables: new Set(), notNullChecks: new Map(), provenNotNull: new Set() };

/** Parses the migrations, each with what those before it have made. */
export async function parseMigrations(migrations: readonly Migration[]): Promise<readonly ParsedMigration[]> {
  const parsed: ParsedMigration[] = [];
  let facts = noFacts;
  for (const migration of migrations) {
    const statements = await parseSql(migration.text);
    parsed.push({ migration, statements, facts });
    facts = statements.reduce(learn, facts);
  }
  return parsed;
}

function learn(facts: SchemaFacts, statement: ParsedStatement): SchemaFacts {
  const tables = new Set([...facts.tables, ...createdTables(statement)]);
  for (const table of droppedTables(statement)) tables.delete(table);
  return alterCommandsOf(statement).reduce(learnConstraint, { ...facts, tables });
}

export function createdTables(statement: ParsedStatement): readonly string[] {
  return statement.type === 'CreateStmt' ? [tableOf(statement)] : [];
}

function droppedTables({ type, fields }: ParsedStatement): readonly string[] {
  if (type !== 'DropStmt' || fields.removeType !== 'OBJECT_TABLE') return [];
  return findNodes(fields.objects, 'List').map(nameOf);
}

function learnConstraint(facts: SchemaFacts, command: AlterCommand): SchemaFacts {
  const { table, subtype, name, constraint } = command;
  if (subtype === 'AT_ValidateConstraint') return learnProof(facts, `${table}.${name}`);
  const column = columnOfNotNullCheck(constraint);
  if (subtype !== 'AT_AddConstraint' || column === undefined) return facts;
  const key = `${table}.${String(constraint.conname)}`;
  return { ...facts, notNullChecks: new Map([...facts.notNullChecks, [key, `${table}.${column}`]]) };
}

function learnProof(facts: SchemaFacts, key: string): SchemaFacts {
  const column = facts.notNullChecks.get(key);
  return column === undefined ? facts : { ...facts, provenNotNull: new Set([...facts.provenNotNull, column]) };
}

function columnOfNotNullCheck({ contype, raw_expr: expression }: Fields): string | undefined {
  const [test, ...others] = findNodes(expression, 'NullTest');
  const isCheck = contype === 'CONSTR_CHECK' && others.length === 0 && test?.nulltesttype === 'IS_NOT_NULL';
  return isCheck ? nameOf(test.arg) : undefined;
}
