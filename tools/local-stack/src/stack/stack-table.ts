import pc from 'picocolors';
import type { Stack } from './start-stack.ts';

/** What runs, where, and how to end it. */
export function stackTable({ url, databaseUrl, postgres, redis, directory, readyAfterMs }: Stack): string {
  const rows = [
    ['page', url, `ready after ${(readyAfterMs / 1000).toFixed(1)} s`],
    ['OpenAI API', `${url}v1`, 'for any OpenAI client: model task-agent, any key'],
    ['API', `${url}openapi.json`, 'OpenAPI 3.1'],
    ['PostgreSQL', databaseUrl, `${postgres.version}; password in <data>/credentials/password`],
    ['Redis', redis.url, redis.implementation],
    ['<data>', directory, 'kept; `npm start -- --reset` begins anew'],
  ] as const;
  const width = Math.max(...rows.map(([, where]) => where.length)) + 2;
  const lines = rows.map(([name, where, note]) => `  ${name.padEnd(12)}${pc.bold(where.padEnd(width))}${pc.dim(note)}`);
  return `\n${lines.join('\n')}\n\n  Ctrl-C stops everything.\n\n`;
}
