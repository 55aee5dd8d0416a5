import { isNativeError } from 'node:util/types';

/** Also for errors that another realm made, and for those of libraries that build the prototype chain by hand. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || isNativeError(value);
}
