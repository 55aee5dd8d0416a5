/** Values as a chart takes them. */
export interface Values {
  readonly [key: string]: unknown;
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
