import type { FastifyRequest, preValidationHookHandler } from 'fastify';
import type { CachedAnswer } from '../cache/cached-answer.ts';
import type { KnownTexts } from '../cache/known-texts.ts';
import { formatKept } from '../chat/format-kept.ts';
import type { AppServices } from './app-services.ts';
import { describeCache } from './describe-cache.ts';
import type { TypedApp } from './typed-app.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, where {@link parseText} has parsed it. */
    bodyText: string;
  }
}

/** Answers what was asked in the same words a moment ago, without looking into them again. */
export function answerKnownText(
  { config, inference }: Pick<AppServices, 'config' | 'inference'>,
  texts: KnownTexts,
): preValidationHookHandler {
  const recall = (tenant: string, text: string): CachedAnswer | undefined => {
    const key = texts.keyOf(tenant, text);
    return key === undefined ? undefined : inference.recall(key);
  };
  return (request, reply, done) => {
    const { body } = request;
    const cached = typeof body === 'string' && isToldByText(request) ? recall(request.tenant, body) : undefined;
    if (cached === undefined) return done();
    describeCache(reply, { outcome: 'HIT', cached });
    reply.type('application/json; charset=utf-8').send(formatKept(cached, config.model.name));
  };
}

/** Whether nothing but the text of the body decides what the answer is. */
export function isToldByText({ headers }: FastifyRequest): boolean {
  return headers['idempotency-key'] === undefined && headers['cache-control'] === undefined;
}

/** Leaves JSON bodies of this scope as text until validation is about to begin, and returns what parses them then. */
export function parseText(app: TypedApp): preValidationHookHandler {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.decorateRequest('bodyText', '');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  return (request, _reply, done) => {
    if (typeof request.body !== 'string') return done();
    request.bodyText = request.body;
    // Its type covers parsers that return a promise; this one calls back.
    void parse(request, request.body, (error, parsed) => {
      request.body = parsed;
      done(error ?? undefined);
    });
  };
}
