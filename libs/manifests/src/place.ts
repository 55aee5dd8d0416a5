import type { Path } from './json.ts';
import type { SchemaCatalog } from './schema-catalog.ts';

/** Where a value lies, and what is needed to judge it. */
export interface Place {
  readonly path: Path;
  readonly catalog: SchemaCatalog;
  /** Whether messages must not repeat the value, as in a Secret. */
  readonly isConfidential: boolean;
}

/** The place of a field or item inside the value at a place. */
export function inside(place: Place, step: string | number): Place {
  return { ...place, path: [...place.path, step] };
}
