import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Logger } from 'pino';
import { AgentError } from '../agent-error.ts';
import type { Config } from '../config/parse-config.ts';

export interface ApiKeys {
  /** The tenant the key belongs to; undefined for an unknown key. */
  tenantOf(key: string): string | undefined;
}

const recheckMs = 5000;

/** Keys are kept as SHA-256 sums, one "<64 hex digits> <tenant>" a line; a changed file counts without a restart. */
export function openApiKeys({ mode, keysFile }: Config['auth'], log: Logger): ApiKeys {
  if (mode === 'off' || keysFile === undefined) return { tenantOf: () => undefined };
  const file = new KeysFile(keysFile, log);
  return { tenantOf: (key) => file.current().get(createHash('sha256').update(key).digest('hex')) };
}

class KeysFile {
  readonly #path: string;
  readonly #log: Logger;
  #tenants: ReadonlyMap<string, string>;
  #modifiedMs: number;
  #checkedMs = Date.now();
  #reported: string | undefined;

  constructor(path: string, log: Logger) {
    this.#path = path;
    this.#log = log;
    // Before the keys: a change in between is found at the next look.
    this.#modifiedMs = modifiedMsOf(path);
    this.#tenants = parseKeys(readKeys(path));
  }

  current(): ReadonlyMap<string, string> {
    if (Date.now() - this.#checkedMs > recheckMs) this.#refresh();
    return this.#tenants;
  }

  /** Whatever is wrong leaves the keys that were valid before, and is tried again at the next look. */
  #refresh(): void {
    this.#checkedMs = Date.now();
    let modifiedMs: number | undefined;
    try {
      modifiedMs = modifiedMsOf(this.#path);
      if (modifiedMs !== this.#modifiedMs) this.#tenants = parseKeys(readKeys(this.#path));
      this.#modifiedMs = modifiedMs;
      this.#reported = undefined;
    } catch (error) {
      this.#report(error, modifiedMs);
    }
  }

  /** Once a change, not at every look. */
  #report(error: unknown, modifiedMs: number | undefined): void {
    const failure = `${modifiedMs}: ${error}`;
    if (failure === this.#reported) return;
    this.#reported = failure;
    this.#log.error({ err: error }, 'the changed API keys could not be read: the ones from before stay valid');
  }
}

function modifiedMsOf(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function readKeys(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): AgentError {
  const facts = { subject: 'API_KEYS_FILE', value: path, allowed: 'the path of a readable file' };
  return new AgentError('config-invalid', facts, { cause });
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
