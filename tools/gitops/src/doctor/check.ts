/** One line of `gitops doctor`. */
export interface Check {
  readonly name: string;
  /** `warning` still lets everything work; `missing` does not. */
  readonly status: 'ok' | 'warning' | 'missing';
  readonly found: string;
  /** What to do about it; only when something is not in order. */
  readonly fix?: string;
}

/** Runs a check; what it throws becomes a line of its own, so that one failure does not hide the others. */
export async function tryCheck(name: string, run: () => Promise<Check>): Promise<Check> {
  try {
    return await run();
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    const [found = '', ...rest] = message.split('\n');
    return { name, status: 'missing', found, ...(rest.length > 0 && { fix: rest.join(' ') }) };
  }
}
