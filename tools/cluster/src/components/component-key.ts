import { createHash } from 'node:crypto';

/** What decides about the bytes of a build. */
export interface ComponentSource {
  /** Contents by file name: go.mod, go.sum and the module's own Go files. */
  readonly files: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly goVersion: string;
}

/** The name under which a build is kept: equal for equal input, whatever the order of its files. */
export function componentKey({ files, flags, goVersion }: ComponentSource): string {
  const hash = createHash('sha256');
  for (const [name, content] of Object.entries(files).sort(([a], [b]) => a.localeCompare(b))) {
    hash.update(JSON.stringify([name, content]));
  }
  return hash
    .update(JSON.stringify([flags, goVersion]))
    .digest('hex')
    .slice(0, 16);
}
