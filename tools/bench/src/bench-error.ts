export type BenchRule = keyof typeof messages;

export interface BenchErrorDetail {
  readonly what?: string;
  readonly value?: string | number;
  readonly allowed?: string;
}

/** Every reason for which a measurement is refused or given up. */
export class BenchError extends Error {
  readonly rule: BenchRule;

  constructor(rule: BenchRule, detail: BenchErrorDetail = {}, options: ErrorOptions = {}) {
    super(messages[rule](detail), options);
    this.name = 'BenchError';
    this.rule = rule;
  }
}

const messages = {
  'no-process-facts': ({ value, allowed }: BenchErrorDetail) =>
    `process ${value} tells nothing under ${allowed}; processor time and memory are read from there, which Linux has.`,
  'did-not-start': ({ what, value }: BenchErrorDetail) => `${what} did not start. It said last:\n${value}`,
  'peer-not-installed': ({ what, value }: BenchErrorDetail) =>
    `${what} could not be installed from its lock file, so there is nothing to compare with: ${value}\nLeave it out with --without-portkey.`,
  'wrong-answers': ({ what, value, allowed }: BenchErrorDetail) =>
    `${what}: ${value}; expected is ${allowed}. Figures of wrong answers mean nothing, so the measurement ends here.`,
} as const;
