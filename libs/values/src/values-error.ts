const isNotAllowed = ({ path, value, allowed }: Facts) => `${path} is ${show(value)}; allowed is ${allowed}`;

/** Every way in which the builder's input can be wrong. Messages are part of the interface: tests assert them. */
const messages = {
  'unknown-key': ({ path, hint }: Facts) => `${path} is not a known key${hint ? `; did you mean ${hint}?` : ''}`,
  'missing-key': ({ path, allowed }: Facts) => `${path} is missing${allowed ? `; allowed is ${allowed}` : ''}`,
  'wrong-type': isNotAllowed,
  'not-allowed': isNotAllowed,
  'out-of-range': isNotAllowed,
  malformed: isNotAllowed,
  'missing-revision': ({ path, value }: Facts) =>
    `${path} is ${show(value)}, a commit that git does not have; fetch it or pin one that exists`,
  'floating-production': ({ path }: Facts) =>
    `${path} is floating; an environment of tier prod pins its chart, so that an edit of the chart never reaches it unpromoted`,
  'request-over-limit': ({ path, value, allowed }: Facts) =>
    `${path} is ${show(value)}; allowed is at most its limit, ${allowed}`,
  'inline-credential': ({ path }: Facts) =>
    `${path} holds a credential, which git would keep for ever; put it into a Secret and name that in credentials.existingSecret`,
  'dependency-removed': ({ path }: Facts) =>
    `${path} is null, which drops the Secret and the settings that the chart gives this dependency; set ${path}.enabled to false instead`,
  'duplicate-destination': ({ path, value, hint }: Facts) =>
    `${path} is ${show(value)}, where environment ${hint} already installs the release; choose another namespace or server`,
  'missing-environment': ({ path, value, allowed }: Facts) =>
    `${path} is ${show(value)}, which is not an environment; allowed is ${allowed}`,
  'promotion-cycle': ({ path, allowed }: Facts) =>
    `${path} closes a circle, ${allowed}; a promotion has to begin somewhere`,
  'missing-release': ({ path }: Facts) => `${path} does not exist; an environment needs one to say what it deploys`,
  'malformed-yaml': ({ path, value }: Facts) => `${path} is not YAML as Helm reads it: ${value}`,
  'forbidden-import': ({ path, value, allowed }: Facts) =>
    `${path} imports ${value}; allowed is ${allowed} and nothing else`,
  'environment-throws': ({ path, value }: Facts) => `${path} throws when it is evaluated: ${value}`,
  'environment-undefined': ({ path, allowed }: Facts) =>
    `${path} has no environment as its default export; allowed is ${allowed}`,
  'environment-unstable': ({ path, value }: Facts) =>
    `${path} gives another ${value} when it is evaluated again; an environment is data: no time, no randomness, no environment variables`,
} as const;

interface Facts {
  /** Where the input says it, as a person wrote it: `postgresql.primary.persistence.size`. */
  readonly path: string;
  readonly value?: unknown;
  /** What may stand there instead. */
  readonly allowed?: string | undefined;
  /** The nearest right answer, when there is one. */
  readonly hint?: string | undefined;
  /** The file from the repository's root, and its line from 1. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

export type ValuesRule = keyof typeof messages;

/** The names of all rules. */
export const valuesRules = Object.keys(messages) as readonly ValuesRule[]; // the keys of the table above

/** A mistake in the builder's input: which rule, where, and what to do about it. */
export class ValuesError extends Error {
  override readonly name = 'ValuesError';
  readonly rule: ValuesRule;
  readonly path: string;
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(rule: ValuesRule, facts: Facts, options?: ErrorOptions) {
    super(`${place(facts)}${messages[rule](facts)}`, options);
    this.rule = rule;
    this.path = facts.path;
    this.file = facts.file;
    this.line = facts.line;
  }
}

function place({ file, line }: Facts): string {
  if (file === undefined) return '';
  return line === undefined ? `${file}: ` : `${file}:${line}: `;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
