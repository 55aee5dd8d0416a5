/** Every way in which the input of the builder can be wrong. Messages are part of the interface: tests assert them. */
const messages = {
  'unknown-key': ({ path, hint }: Facts) => `${path} is not a known key${hint ? `; did you mean ${hint}?` : ''}`,
  'missing-key': ({ path, allowed }: Facts) => `${path} is missing; ${allowed}`,
  'wrong-type': ({ path, value, allowed }: Facts) => `${path} is ${show(value)}; allowed is ${allowed}`,
  'out-of-range': ({ path, value, allowed }: Facts) => `${path} is ${show(value)}; allowed is ${allowed}`,
} as const;

interface Facts {
  /** Where the input says it, as a person wrote it: `postgresql.primary.persistence.size`. */
  readonly path: string;
  readonly value?: unknown;
  /** What may stand there instead. */
  readonly allowed?: string;
  /** The nearest right answer, when there is one. */
  readonly hint?: string;
  /** The file from the repository's root, and its line from 1. */
  readonly file?: string;
  readonly line?: number;
}

export type ValuesRule = keyof typeof messages;

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
  return typeof value === 'string' ? value : JSON.stringify(value);
}
