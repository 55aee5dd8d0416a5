import { writeTypes } from './mass-write.ts';
import { type Fields, findNodes, nameOf, parameterOf, parseSql, toFields } from './syntax-tree.ts';

/** The column that the value of a parameter is stored in or compared with. */
export interface ParameterColumn {
  readonly parameter: number;
  /** Tables that may have it, the likeliest first. */
  readonly tables: readonly string[];
  readonly column: string;
  /** Whether it becomes part of a new row. */
  readonly isInserted: boolean;
}

/** The columns that a statement's parameters belong to, or none for one that writes nothing. */
export async function readWrittenColumns(text: string): Promise<readonly ParameterColumn[]> {
  const trees = (await parseSql(text)).map(({ type, fields }) => ({ [type]: fields }));
  const writes = writeTypes.some((type) => findNodes(trees, type).length > 0);
  return writes ? collect(trees, []) : [];
}

interface ScopedTable {
  readonly name: string;
  readonly alias: string;
}

type Scope = readonly ScopedTable[];

/** A column belongs to the innermost statement around it. */
function collect(tree: unknown, scope: Scope): readonly ParameterColumn[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const fields = toFields(value);
    const inner = key.endsWith('Stmt') ? tablesOf(fields) : scope;
    return [...(readers[key]?.(fields, inner) ?? []), ...collect(value, inner)];
  });
}

function tablesOf({ relation, fromClause, usingClause }: Fields): Scope {
  const tables = [
    ...(relation === undefined ? [] : [toFields(relation)]),
    ...findNodes([fromClause, usingClause], 'RangeVar'),
  ];
  return tables.map(({ relname, alias }) => ({
    name: String(relname),
    alias: String(toFields(alias).aliasname ?? relname),
  }));
}

const readers: Readonly<Record<string, (fields: Fields, scope: Scope) => readonly ParameterColumn[]>> = {
  InsertStmt: readInsert,
  UpdateStmt: readUpdate,
  A_Expr: readComparison,
};

function readInsert({ cols, selectStmt }: Fields, scope: Scope): readonly ParameterColumn[] {
  const { valuesLists, targetList } = toFields(toFields(selectStmt).SelectStmt);
  const values = listOf(toFields(toFields(listOf(valuesLists)[0]).List).items);
  const targets = listOf(targetList).map((target) => toFields(toFields(target).ResTarget).val);
  return listOf(cols).flatMap((target, index) => {
    const column = String(toFields(toFields(target).ResTarget).name);
    return toColumn({
      value: values[index] ?? targets[index],
      column,
      tables: tableNames(scope).slice(0, 1),
      isInserted: true,
    });
  });
}

function readUpdate({ targetList }: Fields, scope: Scope): readonly ParameterColumn[] {
  return listOf(targetList).flatMap((target) => {
    const { name, val } = toFields(toFields(target).ResTarget);
    return toColumn({ value: val, column: String(name), tables: tableNames(scope).slice(0, 1), isInserted: false });
  });
}

function readComparison({ kind, name, lexpr, rexpr }: Fields, scope: Scope): readonly ParameterColumn[] {
  const column = nameOf(toFields(toFields(lexpr).ColumnRef).fields).split('.');
  if (kind !== 'AEXPR_OP' || nameOf(name) !== '=') return [];
  const qualifier = column.at(-2);
  const tables = scope.filter(({ alias }) => qualifier === undefined || alias === qualifier);
  return toColumn({ value: rexpr, column: column.at(-1) ?? '', tables: tableNames(tables), isInserted: false });
}

const tableNames = (scope: Scope): readonly string[] => scope.map(({ name }) => name);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function toColumn({
  value,
  ...column
}: Omit<ParameterColumn, 'parameter'> & { readonly value: unknown }): readonly ParameterColumn[] {
  const parameter = parameterOf(value);
  return typeof parameter === 'number' && column.column !== '' ? [{ parameter, ...column }] : [];
}
