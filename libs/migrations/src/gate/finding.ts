/** Why a migration or a statement is refused. */
export interface Finding {
  readonly rule: string;
  readonly file: string;
  /** What was found, what it would do, and the safe way. */
  readonly message: string;
}

export function renderFindings(findings: readonly Finding[]): string {
  return findings.map(({ rule, file, message }) => `${file}: ${message} [${rule}]`).join('\n');
}
