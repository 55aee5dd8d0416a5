const quietRoutes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Asked all the time by machines, and of no interest afterwards. */
export function isQuietRoute(route: string): boolean {
  return quietRoutes.has(route);
}
