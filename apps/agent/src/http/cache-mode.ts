import type { CacheMode } from '../cache/inference.ts';

/** What the client's Cache-Control says about the inference cache. */
export function cacheModeOf(header: string | undefined): CacheMode {
  const directives = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((directive) => directive.trim());
  if (directives.includes('no-store')) return 'no-store';
  return directives.includes('no-cache') || directives.includes('max-age=0') ? 'no-cache' : 'default';
}
