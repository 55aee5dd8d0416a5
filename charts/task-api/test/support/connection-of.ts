import { nameOf, type RenderedObject } from '@task-api/manifests';
import { at } from './at.ts';

/** The URLs of the connection Secret as the agent reads them. */
export function connectionOf(objects: readonly RenderedObject[]): Connection {
  const secrets = objects.map(({ object }) => object).filter(({ kind }) => kind === 'Secret');
  const secret = secrets.find((object) => nameOf(object).endsWith('-connection'));
  return { database: decode(at(secret, 'data', 'database-url')), redis: decode(at(secret, 'data', 'redis-url')) };
}

export interface Connection {
  readonly database: string;
  /** Empty where there is no Redis. */
  readonly redis: string;
}

function decode(text: unknown): string {
  return typeof text === 'string' ? Buffer.from(text, 'base64').toString() : '';
}
