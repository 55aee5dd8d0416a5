import { readFileSync } from 'node:fs';
import type { AppServices } from '../app-services.ts';
import { referencePage } from '../reference-page.ts';
import type { TypedApp } from '../typed-app.ts';

const files = [
  { url: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { url: '/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
  { url: '/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
] as const;

/** The page to try the agent in a browser, and the description of the API for machines and for people. */
export function pageRoutes(app: TypedApp, _services: AppServices): void {
  for (const { url, file, type } of files) {
    const content = readFileSync(new URL(`../../page/${file}`, import.meta.url));
    app.get(url, { schema: { hide: true } }, async (_request, reply) => reply.type(type).header('cache-control', 'no-cache').send(content));
  }
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  app.get('/docs', { schema: { hide: true } }, async (_request, reply) => reply.type('text/html; charset=utf-8').send(referencePage(app.swagger())));
}
