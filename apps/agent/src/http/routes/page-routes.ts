import { readPageFiles } from '../../page/page-files.ts';
import type { AppServices } from '../app-services.ts';
import { referencePage } from '../reference-page.ts';
import { pageHeaders } from '../security-headers.ts';
import type { TypedApp } from '../typed-app.ts';

/** The page to try the agent in a browser, and the description of the API for machines and for people. */
export function pageRoutes(app: TypedApp, _services: AppServices): void {
  for (const { url, type, content } of readPageFiles()) {
    app.get(url, { schema: { hide: true } }, async (_request, reply) =>
      reply.headers(pageHeaders).type(type).header('cache-control', 'no-cache').send(content),
    );
  }
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  app.get('/docs', { schema: { hide: true } }, async (_request, reply) =>
    reply.headers(pageHeaders).type('text/html; charset=utf-8').send(referencePage(app.swagger())),
  );
}
