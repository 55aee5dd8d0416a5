import type { Backfill } from '../migration-file.ts';
import { writeTypes } from './mass-write.ts';
import { type Fields, findNodes, type ParsedStatement, parameterOf, toFields } from './syntax-tree.ts';

/** Whether a statement writes once, and no rows but those of the batch: `<key> between $1 and $2` narrows all of it. */
export function isBatch({ type, fields }: ParsedStatement, backfill: Backfill): boolean {
  const source = sourceOf(type, fields);
  const hasOtherWrites = writeTypes.some((nested) => findNodes(fields, nested).length > 0);
  if (source === undefined || hasOtherWrites) return false;
  const names = source.tables.filter((table) => isTable(table, backfill)).map(aliasOf);
  return names.length > 0 && conditionsOf(source.where).some((one) => isRange(one, backfill.key, names));
}

interface Source {
  /** Tables whose rows decide what is written. */
  readonly tables: readonly Fields[];
  readonly where: unknown;
}

function sourceOf(type: string, fields: Fields): Source | undefined {
  if (type === 'InsertStmt') {
    const { fromClause, whereClause } = toFields(toFields(fields.selectStmt).SelectStmt);
    return { tables: joinedTables(fromClause), where: whereClause };
  }
  const isChange = type === 'UpdateStmt' || type === 'DeleteStmt';
  return isChange ? { tables: [toFields(fields.relation)], where: fields.whereClause } : undefined;
}

/** Those of a subquery do not count: its condition is its own. */
function joinedTables(tree: unknown): readonly Fields[] {
  if (Array.isArray(tree)) return tree.flatMap(joinedTables);
  const { RangeVar: table, JoinExpr: join } = toFields(tree);
  if (join !== undefined) return [toFields(join).larg, toFields(join).rarg].flatMap(joinedTables);
  return table === undefined ? [] : [toFields(table)];
}

const isTable = ({ relname, schemaname = 'public' }: Fields, { table }: Backfill): boolean =>
  relname === table && schemaname === 'public';

const aliasOf = ({ relname, alias }: Fields): string => String(toFields(alias).aliasname ?? relname);

/** Conditions that all must hold. */
function conditionsOf(where: unknown): readonly Fields[] {
  const { BoolExpr: junction } = toFields(where);
  const { boolop, args } = toFields(junction);
  return boolop === 'AND_EXPR' && Array.isArray(args) ? args.flatMap(conditionsOf) : [toFields(where)];
}

/** An unqualified key is that of the table, since PostgreSQL refuses one that two tables have. */
function isRange({ A_Expr: expression }: Fields, key: string, tables: readonly string[]): boolean {
  const { kind, lexpr, rexpr } = toFields(expression);
  const path = findNodes(toFields(toFields(lexpr).ColumnRef).fields, 'String').map(({ sval }) => String(sval));
  const table = path.at(-2);
  const isKey = path.at(-1) === key && (table === undefined || tables.includes(table));
  return kind === 'AEXPR_BETWEEN' && isKey && boundsOf(rexpr).join() === '1,2';
}

/** Numbers of the parameters. */
function boundsOf(tree: unknown): readonly unknown[] {
  const { items } = toFields(toFields(tree).List);
  return Array.isArray(items) ? items.map((item) => parameterOf(item)) : [];
}
