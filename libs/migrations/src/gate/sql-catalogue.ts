export interface CatalogueStatement {
  /** Unique; PostgreSQL prepares the statement under it. */
  readonly name: string;
  /** With parameters as `$1`. */
  readonly text: string;
}

/** Every statement that a release issues: what it asks of the schema. */
export interface SqlCatalogue {
  /** Number of the oldest schema that the release works with. */
  readonly requiredSchema: number;
  readonly statements: readonly CatalogueStatement[];
}
