/** A literal of a type, as `execute` takes it, so that a statement can run without knowing what it is about. */
export function synthesiseLiteral(type: string): string {
  if (type.endsWith('[]')) return `'{}'::${type}`;
  return `${literals[type] ?? 'null'}::${type}`;
}

const literals: Readonly<Record<string, string>> = {
  uuid: `'00000000-0000-7000-8000-000000000001'`,
  text: `'x'`,
  'character varying': `'x'`,
  integer: '1',
  bigint: '1',
  smallint: '1',
  numeric: '1',
  'double precision': '1',
  real: '1',
  boolean: 'true',
  jsonb: `'{}'`,
  json: `'{}'`,
  'timestamp with time zone': `'2026-01-01T00:00:00Z'`,
  date: `'2026-01-01'`,
  interval: `'1 second'`,
  bytea: `''`,
};
