import { tmpdir } from 'node:os';
import { $ } from 'zx';

export interface GoModule {
  readonly module: string;
  readonly version: string;
  /** The h1 checksum of the module's content, as go.sum writes it. */
  readonly sum: string;
  /** Where the content was unpacked, outside the checkout. */
  readonly directory: string;
}

/** Fetches a module through the Go command, which verifies it against the checksum database. Nothing of it is run. */
export async function fetchGoModule(module: string, version: string): Promise<GoModule> {
  const { stdout } = await $({ cwd: tmpdir() })`go mod download -json ${module}@${version}`.quiet();
  // The fields are those that `go help mod download` documents.
  const { Sum: sum, Dir: directory } = JSON.parse(stdout) as { readonly Sum: string; readonly Dir: string };
  return { module, version, sum, directory };
}
