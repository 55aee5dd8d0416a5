/** A file that was read for the builder, which reads none itself. */
export interface SourceText {
  /** Path from the repository's root, with `/`: `environments/prod/environment.ts`. */
  readonly file: string;
  readonly text: string;
}

/** A file that the builder wants written; the caller writes it. */
export interface GeneratedFile {
  /** Path from the repository's root, with `/`: `environments/prod/values.yaml`. */
  readonly path: string;
  readonly text: string;
}
