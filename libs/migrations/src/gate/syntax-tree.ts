import { parse } from 'libpg-query';

export type Fields = Readonly<Record<string, unknown>>;

/** One statement as PostgreSQL's own parser reads it. */
export interface ParsedStatement {
  /** Kind of the statement: `AlterTableStmt`. */
  readonly type: string;
  readonly fields: Fields;
}

export async function parseSql(text: string): Promise<readonly ParsedStatement[]> {
  const { stmts = [] } = await parse(text);
  return stmts.map(({ stmt }) => {
    const [type = '', fields] = Object.entries(stmt ?? {})[0] ?? [];
    return { type, fields: toFields(fields) };
  });
}

/** All nodes of a kind, at any depth. */
export function findNodes(tree: unknown, type: string): readonly Fields[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const below = findNodes(value, type);
    return key === type ? [toFields(value), ...below] : below;
  });
}

export function toFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Text of a name made of `String` nodes: `public.tasks`. */
export function nameOf(tree: unknown): string {
  return findNodes(tree, 'String')
    .map(({ sval }) => String(sval))
    .join('.');
}

/** Table that a statement is about. */
export function tableOf({ fields }: ParsedStatement): string {
  return String(toFields(fields.relation).relname ?? '');
}

/** One action of `alter table`. */
export interface AlterCommand {
  readonly table: string;
  /** `AT_AddColumn` and so on. */
  readonly subtype: string;
  readonly name: string;
  readonly isCascade: boolean;
  readonly column: Fields;
  readonly constraint: Fields;
}

export function alterCommandsOf(statement: ParsedStatement): readonly AlterCommand[] {
  if (statement.type !== 'AlterTableStmt' || statement.fields.objtype !== 'OBJECT_TABLE') return [];
  return findNodes(statement.fields.cmds, 'AlterTableCmd').map((command) => ({
    table: tableOf(statement),
    subtype: String(command.subtype),
    name: String(command.name ?? ''),
    isCascade: command.behavior === 'DROP_CASCADE',
    column: toFields(toFields(command.def).ColumnDef),
    constraint: toFields(toFields(command.def).Constraint),
  }));
}

/** Constraints written with a column: `not null`, `default …`. */
export function columnConstraintsOf(column: Fields): readonly Fields[] {
  return findNodes(column.constraints, 'Constraint');
}

/** The number of a parameter, with or without a cast; undefined for anything else. */
export function parameterOf(tree: unknown): unknown {
  const { ParamRef: parameter, TypeCast: cast } = toFields(tree);
  return cast === undefined ? toFields(parameter).number : parameterOf(toFields(cast).arg);
}
