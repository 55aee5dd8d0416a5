/** One statement the agent issues. Named statements are prepared once per connection and listed in the catalogue. */
export interface SqlStatement {
  readonly name: string;
  readonly text: string;
}

const statements = new Map<string, SqlStatement>();

/** Declares a statement; names are unique because PostgreSQL prepares by name. */
export function sql(name: string, text: string): SqlStatement {
  if (statements.has(name)) throw new Error(`SQL statement "${name}" is declared twice`);
  const statement = { name, text: text.replace(/\s+/g, ' ').trim() };
  statements.set(name, statement);
  return statement;
}

/** Every statement declared by the modules loaded so far, ordered by name. */
export function declaredStatements(): readonly SqlStatement[] {
  return [...statements.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Times leave PostgreSQL as text: its microseconds, which cursors compare, would not survive a JavaScript Date. */
export function isoTime(column: string): string {
  const name = column.split('.').at(-1);
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${name}`;
}
