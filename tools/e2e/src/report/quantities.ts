const minuteMs = 60_000;
const bytesPerGibibyte = 2 ** 30;

/** `4.2 s`, `3 min 07 s`. */
export function describeDuration(ms: number): string {
  if (ms < minuteMs) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `1.3 GiB`. */
export function describeGibibytes(bytes: number): string {
  return `${(bytes / bytesPerGibibyte).toFixed(1)} GiB`;
}
