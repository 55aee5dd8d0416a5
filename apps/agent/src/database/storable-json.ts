/**
 * JSON that PostgreSQL takes as `jsonb`, of a value that a model may have had a hand in: what is no storable character
 * is replaced by the mark that Unicode has for that.
 */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? json.replace(escapes, storable) : json;
}

/** Whole escapes, so that an escaped backslash before a `u` is not taken for one. Whole pairs are never escaped. */
const escapes = /\\(?:u0000|ud[89a-f][\da-f]{2}|.)/g;

function storable(escaped: string): string {
  return escaped.length === '\\u0000'.length ? '\ufffd' : escaped;
}
