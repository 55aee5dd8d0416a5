/** The code of an error of the operating system, such as ENOENT; `instanceof` fails for errors of another realm. */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What the operating system says, without the path: `EACCES: permission denied`. */
export function systemErrorReason(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return systemErrorCode(error) === undefined ? message : (message.split(',')[0] ?? message);
}
