import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { Lookup } from '../cache/answer-store.ts';
import type { CachedAnswer } from '../cache/cached-answer.ts';
import type { InferenceService } from '../cache/inference.ts';
import { KnownTexts } from '../cache/known-texts.ts';
import { answerKnownText, parseText } from './answer-known-text.ts';
import type { TypedApp } from './typed-app.ts';

interface Levels {
  readonly local?: CachedAnswer;
  readonly shared?: Lookup;
}

const text = '{"model":"mock","messages":[]}';
const kept: CachedAnswer = { storedAtMs: Date.now(), completion: '{"id":"chatcmpl-1"}' };

async function ask({ local, shared }: Levels, headers: Readonly<Record<string, string>> = {}) {
  const texts = new KnownTexts();
  texts.remember('default', text, 'key');
  // Of the service, nothing else is used here.
  const inference = { recall: () => local, recallShared: async () => shared } as unknown as InferenceService;
  // Its type provider makes no difference to hooks.
  const app = fastify() as unknown as TypedApp;
  app.decorateRequest('tenant', 'default');
  const preValidation = [answerKnownText(app, inference, texts), parseText(app)];
  app.post('/', { preValidation }, async ({ body, cacheLookup }) => ({ handled: body, cacheLookup }));
  const type = { 'content-type': 'application/json' };
  const { body, headers: answered } = await app.inject({
    ...{ method: 'POST', url: '/', payload: text },
    headers: { ...type, ...headers },
  });
  return { body, cache: answered['x-cache'] };
}

describe('answerKnownText', () => {
  it('sends what the process has kept', async () => {
    expect(await ask({ local: kept })).toEqual({ body: kept.completion, cache: 'HIT' });
  });

  it('sends what Redis still holds', async () => {
    expect(await ask({ shared: { state: 'found', entry: kept } })).toEqual({ body: kept.completion, cache: 'HIT' });
  });

  it('lets the text be handled when nobody holds an answer any more', async () => {
    expect(await ask({})).toEqual({ body: '{"handled":{"model":"mock","messages":[]}}', cache: undefined });
  });

  it('says what Redis said, so that it is not asked again', async () => {
    const { body } = await ask({ shared: { state: 'unanswered' } });
    expect(JSON.parse(body)).toMatchObject({ cacheLookup: 'unanswered' });
  });

  it('lets the text be handled when a header says more about the answer', async () => {
    expect((await ask({ local: kept }, { 'cache-control': 'no-cache' })).cache).toBeUndefined();
  });
});
