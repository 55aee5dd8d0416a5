/** What a shell or a Job learns from a failed command; `unavailable` is worth another try as it is. */
export const exitCodes = { ok: 0, failed: 1, refused: 2, unavailable: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface Facts {
  readonly file?: string;
  readonly value?: string | number | undefined;
  readonly allowed?: string;
  readonly detail?: string | undefined;
}

interface Kind {
  readonly exitCode: ExitCode;
  readonly message: (facts: Facts) => string;
}

/** Every way in which migrating can fail. Messages are part of the interface: tests assert them. */
const kinds = {
  'bad-configuration': {
    exitCode: exitCodes.failed,
    message: ({ detail }) => String(detail),
  },
  'bad-file-name': {
    exitCode: exitCodes.refused,
    message: ({ file }) =>
      `${file} is not a name of a migration; allowed is NNNN-verb-noun.sql, such as 0004-add-run-lease.sql`,
  },
  'bad-header': {
    exitCode: exitCodes.refused,
    message: ({ file, detail }) => `${file}: ${detail}`,
  },
  'number-taken': {
    exitCode: exitCodes.refused,
    message: ({ file, value }) => `${file} has the number of ${value}; give it the next free one`,
  },
  'number-missing': {
    exitCode: exitCodes.refused,
    message: ({ file, value }) => `${file} follows a gap: there is no migration ${value}; numbers are consecutive`,
  },
  'edited-file': {
    exitCode: exitCodes.refused,
    message: ({ file, detail }) =>
      `${file} is not what was applied to this database (${detail}); restore the file and put the change into a new migration`,
  },
  'missing-file': {
    exitCode: exitCodes.refused,
    message: ({ file, value }) =>
      `this database has ${file}, which does not exist here although ${value} does; restore the file, applied migrations are never removed`,
  },
  'out-of-order': {
    exitCode: exitCodes.refused,
    message: ({ file, value }) =>
      `${file} is not applied, but ${value}, which comes later, is; give the new migration a number after it`,
  },
  'below-floor': {
    exitCode: exitCodes.refused,
    message: ({ file, value, allowed }) =>
      `this release is ${value}, but ${file} needs ${allowed} or later; deploy that release or one after it`,
  },
  'contract-too-early': {
    exitCode: exitCodes.unavailable,
    message: ({ file, detail, allowed }) =>
      `${file} takes away what releases before ${allowed} use, and these are live: ${detail}; roll out ${allowed} first, then migrate`,
  },
  'database-unreachable': {
    exitCode: exitCodes.unavailable,
    message: ({ value, detail }) => `PostgreSQL did not accept a connection within ${value} ms: ${detail}`,
  },
  'connection-refused': {
    exitCode: exitCodes.failed,
    message: ({ detail }) => `PostgreSQL refused the connection: ${detail}`,
  },
  'connection-lost': {
    exitCode: exitCodes.unavailable,
    message: ({ file, detail }) =>
      `the connection was lost during ${file}: ${detail}; run the command again, it continues where it was`,
  },
  'another-runner': {
    exitCode: exitCodes.unavailable,
    message: ({ value, detail }) =>
      `another migration runner (backend ${detail}) still held the lock after ${value} ms; run the command again`,
  },
  'lock-not-held': {
    exitCode: exitCodes.failed,
    message: ({ detail }) =>
      `the session does not hold its advisory lock (${detail}); DATABASE_URL must reach PostgreSQL directly, not a pooler in transaction mode`,
  },
  'lock-timeout': {
    exitCode: exitCodes.unavailable,
    message: ({ file, value, detail }) =>
      `${file} did not get its locks within ${value} ms, in ${detail} tries; look for a long transaction in pg_stat_activity, then run the command again`,
  },
  'statement-failed': {
    exitCode: exitCodes.failed,
    message: ({ file, value, detail }) => `${file}, statement ${value}: ${detail}`,
  },
  'index-not-valid': {
    exitCode: exitCodes.failed,
    message: ({ file, value, detail }) =>
      `${file}: ${detail} has no valid index ${value} after the statement that creates it; drop what has that name, then run the command again`,
  },
  'release-unreadable': {
    exitCode: exitCodes.failed,
    message: ({ value }) =>
      `git has no ${value} here; fetch the whole history (git fetch --unshallow), or pin a release that has it`,
  },
  'bad-snapshot': {
    exitCode: exitCodes.refused,
    message: ({ file }) => `${file} does not exist; write it with \`node libs/migrations/test/write-schema.ts\``,
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type MigrationsRule = keyof typeof kinds;

/** Why migrating stopped: which rule, where, and what to do about it. */
export class MigrationsError extends Error {
  override readonly name = 'MigrationsError';
  readonly rule: MigrationsRule;
  readonly exitCode: ExitCode;

  constructor(rule: MigrationsRule, facts: Facts, options?: ErrorOptions) {
    super(kinds[rule].message(facts), options);
    this.rule = rule;
    this.exitCode = kinds[rule].exitCode;
  }
}
