import type { ExitCodeName } from './exit-codes.ts';

/** What an error is about. Which of these a rule uses is seen in its message below. */
export interface ErrorFacts {
  /** What the user wrote or asked for. */
  readonly value?: string;
  /** What would have been accepted. */
  readonly allowed?: string;
  /** The nearest accepted value. */
  readonly hint?: string | undefined;
  readonly environment?: string;
  readonly file?: string;
  readonly line?: number | undefined;
  readonly path?: string;
  readonly reason?: string;
}

type ErrorKind = Extract<ExitCodeName, 'invalid' | 'failed'>;
type Rule = { readonly kind: ErrorKind; readonly message: (facts: ErrorFacts) => string };

const invalid = (message: Rule['message']): Rule => ({ kind: 'invalid', message });
const failed = (message: Rule['message']): Rule => ({ kind: 'failed', message });
const meant = ({ hint }: ErrorFacts) => (hint === undefined ? '' : `; did you mean ${hint}?`);

const rules = {
  'root-not-found': invalid(
    ({ value }) => `${value} is not a checkout of this repository: it holds no charts/task-api/Chart.yaml`,
  ),
  'no-environments': invalid(() => 'environments/ holds no environment; add environments/<name>/environment.ts'),
  'unknown-environment': invalid(
    (facts) => `"${facts.value}" is not an environment${meant(facts)} (environments/: ${facts.allowed})`,
  ),
  'unknown-path': invalid(
    (facts) => `${facts.value} is not a value of the chart in ${facts.environment}${meant(facts)}`,
  ),
  'unknown-option-value': invalid(
    (facts) => `${facts.path} is "${facts.value}"; allowed is ${facts.allowed}${meant(facts)}`,
  ),
  'environment-not-data': invalid(
    ({ path, value }) => `${path} is ${value}; allowed is data: text, numbers, booleans, null, lists and maps`,
  ),
  'environment-hangs': invalid(
    ({ reason }) =>
      `reading the environments did not end within ${reason}; an environment.ts holds data only, no loops that wait`,
  ),
  'environment-crashes': invalid(
    ({ reason }) => `an environment.ts does more than give data: ${reason}; no timers, no callbacks, no process`,
  ),
  'repository-unknown': invalid(
    ({ reason }) => `repository.url cannot be read (${reason}); Argo CD gets its address from there`,
  ),
  'revision-missing': invalid(
    ({ environment, value, hint }) =>
      `environment ${environment} pins chart revision ${value}, which git does not have; ${hint}`,
  ),
  'chart-missing': invalid(
    ({ value, path }) => `${path} does not exist at chart revision ${value}; pin a commit that holds the chart`,
  ),
  'git-failed': failed(({ value, reason }) => `git ${value} failed: ${reason}`),
  'git-missing': failed(() => 'git was not found on PATH; install it: pinned chart revisions are read from git'),
  unwritable: failed(({ path, reason }) => `${path} cannot be written (${reason}); nothing was changed`),
  unreadable: failed(({ path, reason }) => `${path} cannot be read (${reason})`),
} as const satisfies Record<string, Rule>;

export type GitopsRule = keyof typeof rules;

/** What a person can put right: which rule, where, and what to do. Everything else that is thrown is a bug. */
export class GitopsError extends Error {
  override readonly name = 'GitopsError';
  readonly rule: GitopsRule;
  readonly kind: ErrorKind;
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(rule: GitopsRule, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(`${placeOf(facts)}${rules[rule].message(facts)}`, options);
    this.rule = rule;
    this.kind = rules[rule].kind;
    this.file = facts.file;
    this.line = facts.line;
  }
}

function placeOf({ file, line }: ErrorFacts): string {
  if (file === undefined) return '';
  return line === undefined ? `${file}: ` : `${file}:${line}: `;
}
