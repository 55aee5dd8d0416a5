import { randomBytes } from 'node:crypto';

/** What shells, SQL and templates stumble over, around a core by which `findLeaks` knows it however it was escaped. */
export function newPassword(): string {
  return `new 'quoted' $\{password} ${randomBytes(16).toString('hex')}`;
}
