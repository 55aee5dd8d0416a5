import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Of this process: a random number for each request took 2 % of a cached answer. */
const prefix = randomUUID().slice(0, 18);
let given = 0;

/** The id that the client gave, where it can be one; else a new one. */
export function requestIdOf({ 'x-request-id': id }: IncomingHttpHeaders): string {
  if (typeof id === 'string' && /^[\w.-]{8,100}$/.test(id)) return id;
  given += 1;
  return `${prefix}-${given}`;
}
