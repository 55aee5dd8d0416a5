import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { AgentError } from '../agent-error.ts';
import type { Config } from '../config/parse-config.ts';

export interface ApiKeys {
  /** The tenant the key belongs to; undefined for an unknown key. */
  tenantOf(key: string): string | undefined;
}

const recheckMs = 5000;

/** Keys are kept as SHA-256 sums, one "<64 hex digits> <tenant>" a line; a changed file counts without a restart. */
export function openApiKeys({ mode, keysFile }: Config['auth']): ApiKeys {
  if (mode === 'off' || keysFile === undefined) return { tenantOf: () => undefined };
  const file = new KeysFile(keysFile);
  return { tenantOf: (key) => file.current().get(createHash('sha256').update(key).digest('hex')) };
}

class KeysFile {
  readonly #path: string;
  #tenants: ReadonlyMap<string, string>;
  #modifiedMs: number;
  #checkedMs = Date.now();

  constructor(path: string) {
    this.#path = path;
    this.#tenants = parseKeys(readKeys(path));
    this.#modifiedMs = statSync(path).mtimeMs;
  }

  current(): ReadonlyMap<string, string> {
    if (Date.now() - this.#checkedMs > recheckMs) this.#refresh();
    return this.#tenants;
  }

  /** A file that is being replaced or is wrong leaves the keys that were valid before. */
  #refresh(): void {
    this.#checkedMs = Date.now();
    const stat = statSync(this.#path, { throwIfNoEntry: false });
    if (stat === undefined || stat.mtimeMs === this.#modifiedMs) return;
    this.#modifiedMs = stat.mtimeMs;
    try {
      this.#tenants = parseKeys(readKeys(this.#path));
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
    }
  }
}

function readKeys(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AgentError(
      'config-invalid',
      { subject: 'API_KEYS_FILE', value: path, allowed: 'the path of a readable file' },
      { cause },
    );
  }
}

/** @throws AgentError that names the line, never its text: it may hold a key by mistake */
export function parseKeys(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return new Map(lines.filter(({ line }) => line !== '' && !line.startsWith('#')).map(parseLine));
}

function parseLine({ line, number }: { readonly line: string; readonly number: number }): readonly [string, string] {
  const [, hash, tenant] = /^([0-9a-f]{64})\s+([\w.-]{1,100})$/.exec(line) ?? [];
  if (hash !== undefined && tenant !== undefined) return [hash, tenant];
  throw new AgentError('config-invalid', {
    subject: `API_KEYS_FILE, line ${number}`,
    value: 'malformed',
    allowed: '"<sha256 of the key in hex> <tenant>"',
  });
}
