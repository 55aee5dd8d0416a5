import { type Leaf, leavesOf } from './leaves.ts';
import type { Values } from './merge-values.ts';
import { type ValuePath, valueAt } from './value-path.ts';

/** Where values hold a password, token or key itself instead of the name of the Secret that does. */
export function credentialPaths(values: Values): readonly ValuePath[] {
  const texts = leavesOf(values).filter(({ value }) => typeof value === 'string' && value !== '');
  return texts.filter((leaf) => isCredential(leaf, values)).map(({ path }) => path);
}

function isCredential({ path, value }: Leaf, values: Values): boolean {
  return (
    isCredentialName(path.at(-1)) ||
    isCredentialName(nameBeside(path, values)) ||
    /:\/\/[^\s/:@]+:[^\s/@]+@/.test(String(value))
  );
}

/** `API_TOKEN` of `{ name: API_TOKEN, value: … }`, as environment variables are written. */
function nameBeside(path: ValuePath, values: Values): string | undefined {
  if (path.at(-1) !== 'value') return undefined;
  const name = valueAt(values, [...path.slice(0, -1), 'name']);
  return typeof name === 'string' ? name : undefined;
}

function isCredentialName(name: string | undefined): boolean {
  return name !== undefined && /(password|passphrase|token|api_?keys?|private_?key|client_?secret)$/i.test(name);
}
