export interface NonData {
  readonly path: string;
  readonly found: string;
}

/** The first place that holds something JSON cannot carry: a function, `undefined`, a Date, NaN and the like. */
export function findNonData(value: unknown, path = 'the default export'): NonData | undefined {
  if (isScalar(value)) return undefined;
  if (!isPlain(value)) return { path, found: describe(value) };
  for (const [key, child] of Object.entries(value)) {
    const nonData = findNonData(child, path === 'the default export' ? key : `${path}.${key}`);
    if (nonData !== undefined) return nonData;
  }
  return undefined;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `a ${value.constructor?.name ?? 'special object'}`;
  return typeof value === 'function' ? 'a function' : String(value);
}
