import type { FastifyReply, FastifyRequest, preValidationHookHandler } from 'fastify';
import type { LookupFailure } from '../cache/answer-store.ts';
import type { CachedAnswer } from '../cache/cached-answer.ts';
import type { InferenceService } from '../cache/inference.ts';
import type { KnownTexts } from '../cache/known-texts.ts';
import { describeCache } from './describe-cache.ts';
import type { TypedApp } from './typed-app.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, where {@link parseText} has parsed it. */
    bodyText: string;
    /** What Redis said of the text, where {@link answerKnownText} has asked without finding an answer. */
    cacheLookup: LookupFailure | undefined;
  }
}

/** Answers what was asked in the same words before, without looking into them again. */
export function answerKnownText(
  app: TypedApp,
  inference: InferenceService,
  texts: KnownTexts,
): preValidationHookHandler {
  app.decorateRequest('cacheLookup', undefined);
  return (request, reply, done) => {
    const key = keyOf(request, texts);
    if (key === undefined) return done();
    const cached = inference.recall(key);
    if (cached !== undefined) return send(reply, cached);
    inference.recallShared(key).then((lookup) => {
      if (lookup?.state === 'found') return send(reply, lookup.entry);
      request.cacheLookup = lookup?.state;
      done();
    }, done);
  };
}

function keyOf(request: FastifyRequest, texts: KnownTexts): string | undefined {
  const { body, tenant } = request;
  return typeof body === 'string' && isToldByText(request) ? texts.keyOf(tenant, body) : undefined;
}

function send(reply: FastifyReply, cached: CachedAnswer): void {
  describeCache(reply, { outcome: 'HIT', cached });
  reply.type('application/json; charset=utf-8').send(cached.completion);
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
