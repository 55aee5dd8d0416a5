import { isBatch } from './batch-shape.ts';
import { massWritesOf } from './mass-write.ts';
import type { ParsedMigration } from './schema-facts.ts';
import {
  type AlterCommand,
  alterCommandsOf,
  columnConstraintsOf,
  type Fields,
  findNodes,
  nameOf,
  type ParsedStatement,
  tableOf,
} from './syntax-tree.ts';

/** Finds each place of a migration that breaks one rule, and says what it is: "alter table tasks drop column x". */
type Detect = (parsed: ParsedMigration) => readonly string[];

export interface MigrationRule {
  /** What the found place would do. */
  readonly harm: string;
  /** How to reach the same end safely. */
  readonly recipe: string;
  readonly detect: Detect;
}

/** The rules, by name. Each has a file in the corpus that breaks it, and a twin that does the same safely. */
export const migrationRules: Readonly<Record<string, MigrationRule>> = {
  'contract-in-expand': {
    harm: 'takes away what the release that is live may use',
    recipe:
      'release code that no longer uses it, then drop it in a file with "phase: contract" and "min-app-version" of that release',
    detect: (parsed) => (parsed.migration.phase === 'contract' ? [] : parsed.statements.flatMap(removals)),
  },
  rename: {
    harm: 'breaks every statement of the live release that uses the old name',
    recipe:
      'add the new column or table, keep both in step with a trigger, backfill, and drop the old one in a later contract',
    detect: ({ statements }) => statements.flatMap(renames),
  },
  'change-type': {
    harm: 'rewrites the table under a lock that stops all readers, and may break statements that are prepared',
    recipe:
      'add a column of the new type, keep both in step with a trigger, backfill, and drop the old one in a later contract',
    detect: (parsed) =>
      existing(parsed, 'AT_AlterColumnType').map(({ table, name }) => `alter table ${table} alter column ${name} type`),
  },
  'not-null-without-default': {
    harm: 'fails on a table with rows, and makes every insert of the live release fail',
    recipe: 'add the column without "not null", or with a constant default',
    detect: (parsed) => existing(parsed, 'AT_AddColumn').filter(isRequired).map(describeColumn),
  },
  'rewriting-column': {
    harm: 'computes a value for every row, which rewrites the table under a lock that stops all readers',
    recipe:
      'add the column without default, set the default in a second statement (for new rows), and backfill the others in batches',
    detect: (parsed) => existing(parsed, 'AT_AddColumn').filter(isComputed).map(describeColumn),
  },
  'index-not-concurrent': {
    harm: 'stops all writers for as long as the index takes',
    recipe:
      'use "create index concurrently if not exists" in a file with "transaction: none"; for a constraint, add it "using index" afterwards',
    detect: (parsed) => [...blockingIndexes(parsed), ...blockingKeys(parsed)],
  },
  'concurrently-in-transaction': {
    harm: 'fails, because PostgreSQL refuses it in a transaction',
    recipe: 'put it in a file of its own with "transaction: none"',
    detect: ({ migration, statements }) =>
      migration.transaction === 'none'
        ? []
        : statements.filter(({ fields }) => fields.concurrent === true).map(describeStatement),
  },
  'not-repeatable': {
    harm: 'cannot be repeated when the runner was interrupted after it, because the file is not one transaction',
    recipe:
      'leave only "create index concurrently if not exists <name>" and "drop index concurrently if exists <name>" in the file',
    detect: ({ migration, statements }) =>
      migration.transaction === 'none'
        ? statements.filter((statement) => !isRepeatable(statement)).map(describeStatement)
        : [],
  },
  'constraint-not-valid': {
    harm: 'reads the whole table while writers wait',
    recipe: 'add the constraint "not valid", and validate it in the next migration',
    detect: (parsed) => existing(parsed, 'AT_AddConstraint').filter(isValidatedAtOnce).map(describeConstraint),
  },
  'validate-apart': {
    harm: 'reads the whole table while the lock of the constraint just added is still held',
    recipe: 'move "validate constraint" into a migration of its own',
    detect: (parsed) =>
      validatedInSameFile(parsed).map(({ table, name }) => `alter table ${table} validate constraint ${name}`),
  },
  'set-not-null': {
    harm: 'reads the whole table while readers and writers wait',
    recipe:
      'add "check (column is not null) not valid", validate it in the next migration, and set not null in the one after that',
    detect: (parsed) =>
      existing(parsed, 'AT_SetNotNull')
        .filter((command) => !isProven(parsed, command))
        .map(({ table, name }) => `alter table ${table} alter column ${name} set not null`),
  },
  'unbatched-write': {
    harm: 'holds the locks of all rows it changes until the last one is done',
    recipe: 'make it a file of its own with "backfill: <table> by <key>" and "where <key> between $1 and $2"',
    detect: ({ migration, statements, facts }) =>
      migration.backfill === undefined
        ? statements
            .flatMap(massWritesOf)
            .filter((write) => facts.tables.has(tableOf(write)))
            .map(describeStatement)
        : [],
  },
  'backfill-shape': {
    harm: 'would change rows outside the batch, or schema in the middle of it',
    recipe:
      'write one update or delete of the table, or one insert that selects from it, with "<key> between $1 and $2" as all of its condition or joined to the rest by "and"',
    detect: ({ migration, statements }) => {
      const { backfill } = migration;
      return backfill === undefined
        ? []
        : statements.filter((statement) => !isBatch(statement, backfill)).map(describeStatement);
    },
  },
  cascade: {
    harm: 'drops objects that the migration does not name',
    recipe: 'drop each dependent object by name',
    detect: ({ statements }) => statements.filter(isCascade).map(describeStatement),
  },
  'blocking-command': {
    harm: 'locks whole tables for as long as it takes',
    recipe: 'leave it to an operator outside the migrations, in its concurrent form where there is one',
    detect: ({ statements }) => statements.filter(isBlocking).map(describeStatement),
  },
  'session-state': {
    harm: 'changes the transaction or the settings that the runner relies on',
    recipe: 'remove it: the runner begins and commits, and sets lock_timeout and statement_timeout',
    detect: ({ statements }) => statements.filter(changesSession).map(describeStatement),
  },
  'opaque-statement': {
    harm: 'hides from these rules what it runs, and may change all rows at once',
    recipe:
      'write the statements themselves: changes of rows in a file with "backfill: <table> by <key>", new rows as "insert … values", and leave out what only reads',
    detect: ({ statements }) => statements.filter(({ type }) => opaqueStatements.has(type)).map(describeStatement),
  },
  'select-star': {
    harm: 'changes its meaning with every column that is added',
    recipe: 'name the columns',
    detect: ({ statements }) => statements.filter(hasStar).map(describeStatement),
  },
};

const removableTypes: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_INDEX: 'index',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'procedure',
  OBJECT_TYPE: 'type',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_SCHEMA: 'schema',
};

function removals(statement: ParsedStatement): readonly string[] {
  const columns = alterCommandsOf(statement).filter(({ subtype }) => subtype === 'AT_DropColumn');
  if (columns.length > 0) return columns.map(({ table, name }) => `alter table ${table} drop column ${name}`);
  if (statement.type === 'TruncateStmt') return ['truncate'];
  const kind = removableTypes[String(statement.fields.removeType)];
  return statement.type === 'DropStmt' && kind !== undefined
    ? [`drop ${kind} ${nameOf(statement.fields.objects)}`]
    : [];
}

/** No statement of the application names an index or a constraint that is renamed. */
const harmlessRenames = new Set(['OBJECT_INDEX', 'OBJECT_TABCONSTRAINT']);

function renames({ type, fields }: ParsedStatement): readonly string[] {
  if (type !== 'RenameStmt' || harmlessRenames.has(String(fields.renameType))) return [];
  const table = tableOf({ type, fields });
  return [`rename ${[table, fields.subname].filter(Boolean).join('.')} to ${String(fields.newname)}`];
}

/** Actions of one kind on tables that were there before the file: nobody uses a table that it creates. */
function existing({ statements, facts }: ParsedMigration, subtype: string): readonly AlterCommand[] {
  const commands = statements.flatMap(alterCommandsOf);
  return commands.filter((command) => command.subtype === subtype && facts.tables.has(command.table));
}

const kindsOf = (column: Fields): readonly string[] =>
  columnConstraintsOf(column).map(({ contype }) => String(contype));

const isRequired = ({ column }: AlterCommand): boolean => {
  const kinds = kindsOf(column);
  return (
    (kinds.includes('CONSTR_NOTNULL') || kinds.includes('CONSTR_PRIMARY')) &&
    !isComputed({ column }) &&
    !kinds.includes('CONSTR_DEFAULT')
  );
};

/** Functions whose value is the same for the whole statement, so PostgreSQL stores it once. */
const stableFunctions = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'lower', 'upper']);

function isComputed({ column }: Pick<AlterCommand, 'column'>): boolean {
  const [isSerial, kinds] = [/serial/.test(nameOf(column.typeName)), kindsOf(column)];
  const isGenerated = columnConstraintsOf(column).some(
    ({ contype, generated_kind: kind }) => contype === 'CONSTR_GENERATED' && kind !== 'v',
  );
  const functions = findNodes(column.constraints, 'FuncCall').map(({ funcname }) =>
    nameOf(funcname).replace('pg_catalog.', ''),
  );
  return (
    isSerial || isGenerated || kinds.includes('CONSTR_IDENTITY') || functions.some((name) => !stableFunctions.has(name))
  );
}

const describeColumn = ({ table, column }: AlterCommand): string =>
  `alter table ${table} add column ${String(column.colname)}`;

function blockingIndexes({ statements, facts }: ParsedMigration): readonly string[] {
  const indexes = statements.filter(({ type, fields }) => type === 'IndexStmt' && fields.concurrent !== true);
  return indexes.filter((statement) => facts.tables.has(tableOf(statement))).map(describeStatement);
}

const keyConstraints = new Set(['CONSTR_UNIQUE', 'CONSTR_PRIMARY', 'CONSTR_EXCLUSION']);

function blockingKeys(parsed: ParsedMigration): readonly string[] {
  const added = existing(parsed, 'AT_AddConstraint').filter(
    ({ constraint }) => keyConstraints.has(String(constraint.contype)) && constraint.indexname === undefined,
  );
  const columns = existing(parsed, 'AT_AddColumn').filter(({ column }) =>
    kindsOf(column).some((kind) => keyConstraints.has(kind)),
  );
  return [...added.map(describeConstraint), ...columns.map(describeColumn)];
}

const describeConstraint = ({ table, constraint }: AlterCommand): string =>
  `alter table ${table} add constraint ${String(constraint.conname ?? '')}`.trim();

function isRepeatable({ type, fields }: ParsedStatement): boolean {
  if (fields.concurrent !== true) return false;
  if (type === 'IndexStmt') return fields.if_not_exists === true && fields.idxname !== undefined;
  return type === 'DropStmt' && fields.missing_ok === true;
}

const isValidatedAtOnce = ({ constraint }: AlterCommand): boolean =>
  (constraint.contype === 'CONSTR_CHECK' || constraint.contype === 'CONSTR_FOREIGN') &&
  constraint.skip_validation !== true;

function validatedInSameFile(parsed: ParsedMigration): readonly AlterCommand[] {
  const added = new Set(
    existing(parsed, 'AT_AddConstraint').map(({ table, constraint }) => `${table}.${String(constraint.conname)}`),
  );
  return existing(parsed, 'AT_ValidateConstraint').filter(({ table, name }) => added.has(`${table}.${name}`));
}

const isProven = ({ facts }: ParsedMigration, { table, name }: AlterCommand): boolean =>
  facts.provenNotNull.has(`${table}.${name}`);

function isCascade(statement: ParsedStatement): boolean {
  const isDrop = statement.type === 'DropStmt' || statement.type === 'TruncateStmt';
  if (isDrop && statement.fields.behavior === 'DROP_CASCADE') return true;
  return alterCommandsOf(statement).some(({ isCascade: cascades }) => cascades);
}

function isBlocking({ type, fields }: ParsedStatement): boolean {
  if (type === 'RefreshMatViewStmt') return fields.concurrent !== true;
  return ['LockStmt', 'VacuumStmt', 'ClusterStmt', 'ReindexStmt'].includes(type);
}

const sessionStatements = new Set([
  'TransactionStmt',
  'VariableSetStmt',
  'DiscardStmt',
  'PrepareStmt',
  'DeallocateStmt',
  'AlterRoleSetStmt',
  'AlterDatabaseSetStmt',
]);

const sessionFunctions = new Set(['set_config', 'pg_advisory_unlock', 'pg_advisory_unlock_all']);

function changesSession({ type, fields }: ParsedStatement): boolean {
  const functions = findNodes(fields, 'FuncCall').map(({ funcname }) => nameOf(funcname).replace('pg_catalog.', ''));
  return sessionStatements.has(type) || functions.some((name) => sessionFunctions.has(name));
}

const opaqueStatements = new Set(['DoStmt', 'CallStmt', 'CopyStmt', 'SelectStmt']);

/** `count(*)` is no star of columns. */
export function hasStar({ fields }: ParsedStatement): boolean {
  return findNodes(fields, 'ResTarget').some(({ val }) =>
    findNodes(val, 'ColumnRef').some(({ fields: names }) => findNodes(names, 'A_Star').length > 0),
  );
}

const statementNames: Readonly<Record<string, string>> = {
  IndexStmt: 'create index',
  DropStmt: 'drop',
  UpdateStmt: 'update',
  InsertStmt: 'insert into',
  DeleteStmt: 'delete from',
  SelectStmt: 'select',
  AlterTableStmt: 'alter table',
  CreateStmt: 'create table',
  VariableSetStmt: 'set',
};

function describeStatement(statement: ParsedStatement): string {
  const { type, fields } = statement;
  const name = statementNames[type] ?? type.replace(/Stmt$/, '').toLowerCase();
  const what = [fields.idxname, tableOf(statement), nameOf(fields.objects)].filter(Boolean).join(' on ');
  return `${name} ${what}`.trim();
}
