const earliestMs = Date.parse('0001-01-01T00:00:00Z');
const latestMs = Date.parse('9999-12-31T23:59:59Z');

/** Whether PostgreSQL and every client can tell the instant: years 1 to 9999, in UTC. */
export function isStorableInstant(text: string): boolean {
  const ms = Date.parse(text);
  return ms >= earliestMs && ms <= latestMs;
}
