import { parse } from 'yaml';

/** The Secrets that values say exist already, as references that validation may take for resolved. */
export function providedBy(values: readonly string[]): readonly string[] {
  return values.flatMap((text) => secretsNamedIn(parse(text))).map((name) => `v1 Secret ${name}`);
}

function secretsNamedIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'existingSecret' && typeof child === 'string' && child !== '' ? [child] : secretsNamedIn(child),
  );
}
