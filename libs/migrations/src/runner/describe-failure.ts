import { MigrationsError } from '../migrations-error.ts';

/** Turns what PostgreSQL or the network said into an error of this package; anything else is a defect and stays as it is. */
export function describeFailure(error: unknown, file: string): unknown {
  if (error instanceof MigrationsError) return error;
  const code = codeOf(error);
  const { message, statement } = readFacts(error);
  if (isLost(code, message)) return new MigrationsError('connection-lost', { file, detail: message }, { cause: error });
  if (code === undefined) return error;
  const detail = `${message} (SQLSTATE ${code})`;
  return new MigrationsError('statement-failed', { file, value: statement, detail }, { cause: error });
}

/** SQLSTATE or the system's code. Not by `instanceof`: a test's `Error` is another one than the system's. */
export function codeOf(error: unknown): string | undefined {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}

function readFacts(error: unknown): { readonly message: string; readonly statement: number } {
  const fields: { message?: unknown; statement?: unknown } = typeof error === 'object' && error !== null ? error : {};
  return { message: String(fields.message ?? error), statement: Number(fields.statement ?? 1) };
}

/** Class 08: connection exceptions; 57P01 to 57P03: the server is going or coming; E…: the system's codes. */
const lostCodes = /^(08...|57P0[123]|E[A-Z]+)$/;
/** The driver's own errors have no code. */
const lostMessages = /connection terminated|not queryable|connection error|client was closed/i;

function isLost(code: string | undefined, message: string): boolean {
  return code === undefined ? lostMessages.test(message) : lostCodes.test(code);
}
