/** Every way in which the local servers can fail to start. Messages are part of the interface: tests assert them. */
const messages = {
  'postgres-not-found': ({ what, allowed }: Facts) =>
    `no PostgreSQL ${what} found; looked in ${allowed}: run \`npm ci\` with optional dependencies, or set POSTGRES_BIN_DIR to a directory with initdb and postgres`,
  'cache-not-ours': ({ path, what }: Facts) =>
    `${path} is ${what}, so programs in it cannot be trusted; remove it or set TASK_API_CACHE_DIR to another directory`,
  'no-unprivileged-user': () =>
    'PostgreSQL refuses to run as root and this machine has neither a user "postgres" nor "nobody"; create one or run as another user',
  'port-in-use': ({ what, value }: Facts) =>
    `port ${value} for ${what} is in use; stop what listens there or choose another port (--port)`,
  'port-unusable': ({ what, value, detail }: Facts) =>
    `port ${value} for ${what} cannot be listened on: ${detail}; choose another port (--port)`,
  'bad-option': ({ what, value, allowed }: Facts) => `${what} is "${value}"; allowed is ${allowed}`,
  'directory-in-use': ({ path, value }: Facts) =>
    `${path} is in use by process ${value}; stop that process or choose another directory (--data)`,
  'not-a-stack-directory': ({ path, what, allowed }: Facts) =>
    `${path} is not removed: ${what}; --reset takes a data directory of this stack, which holds ${allowed}, or an empty one; choose another (--data)`,
  'wrong-version': ({ path, value, allowed }: Facts) =>
    `${path} was made by PostgreSQL ${value}, the server is ${allowed}; remove the directory (its data is lost) or use PostgreSQL ${value}`,
  'not-enterable': ({ path, value }: Facts) =>
    `${path} cannot be entered by user ${value}, whom PostgreSQL runs as because it refuses root; run \`chmod o+x\` on it or choose another directory`,
  'did-not-start': ({ what, value }: Facts) => `${what} did not start: ${value}`,
} as const;

interface Facts {
  readonly what?: string;
  readonly path?: string;
  readonly value?: string | number;
  readonly allowed?: string;
  readonly detail?: string;
}

export type LocalStackRule = keyof typeof messages;

/** Why a local server cannot run, and what to do about it. */
export class LocalStackError extends Error {
  override readonly name = 'LocalStackError';
  readonly rule: LocalStackRule;

  constructor(rule: LocalStackRule, facts: Facts, options?: ErrorOptions) {
    super(messages[rule](facts), options);
    this.rule = rule;
  }
}
