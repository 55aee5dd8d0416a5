import type { SourceText } from './source-text.ts';

/** What `environments/<name>/release.yaml` pins; the only file that a promotion changes. */
export interface Release {
  readonly chart: {
    /** The commit (40 hexadecimal digits) whose chart is deployed, or the default branch where the chart floats. */
    readonly revision: string;
  };
  readonly image: ImagePin;
  /** The newest migration of the image, `NNNN`, or `none`. */
  readonly migrations: { readonly head: string };
  /** The commits that the image was built from, newest first. */
  readonly commits: readonly string[];
  readonly source: SourceText;
}

export interface ImagePin {
  readonly repository: string;
  readonly tag: string;
  /** `sha256:` and 64 hexadecimal digits; absent until the image has been released. */
  readonly digest?: string;
}

/**
 * Reads a release.yaml strictly: every key it may have, and no other.
 *
 * @throws ValuesError with file and line
 */
export function parseRelease(_text: string, _file: string): Release {
  throw new Error('not yet');
}

/** The image as reports name it: `repository@sha256:…`, or `repository:tag (tag only, not released)`. */
export function describeImage({ repository, tag, digest }: ImagePin): string {
  return digest === undefined ? `${repository}:${tag} (tag only, not released)` : `${repository}:${tag}@${digest}`;
}
