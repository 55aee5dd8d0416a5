import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from './support/api-client.ts';
import { startTestAgent, stopTestAgents } from './support/test-agent.ts';

let api: ReturnType<typeof createClient>;
beforeAll(async () => {
  api = createClient((await startTestAgent()).url);
});
afterAll(stopTestAgents);

const path = '/v1/chat/completions';
const question = { model: 'embedded', messages: [{ role: 'user', content: 'hello' }] };

describe('the body of a chat request', () => {
  it.each([
    ['that is no JSON', '{"model":', 'it must be valid JSON'],
    ['that sets a prototype', '{"__proto__":{"model":"embedded"}}', 'it must be valid JSON'],
    ['that is JSON of another kind', '"hello"', 'expected object'],
  ])('is refused when it is one %s', async (_what, body, reason) => {
    const { status, body: answer } = await api.post(path, body, { 'content-type': 'application/json' });
    expect([status, answer.error.type]).toEqual([400, 'invalid_request_error']);
    expect(answer.error.message).toContain(reason);
  });

  it('is answered by its text when it comes again, in the same words as the first time', async () => {
    const answers = [await api.post(path, question), await api.post(path, question), await api.post(path, question)];
    expect(answers.map(({ headers }) => headers.get('x-cache'))).toEqual(['MISS', 'HIT', 'HIT']);
    expect(answers[2]?.body).toEqual(answers[1]?.body);
    expect(answers[2]?.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('does not decide alone when a header says something else', async () => {
    await api.post(path, question);
    const past = await api.post(path, question, { 'cache-control': 'no-cache' });
    expect(past.headers.get('x-cache')).toBe('BYPASS');
    const keyed = await api.post(path, question, { 'idempotency-key': 'a key' });
    expect((await api.post(path, question, { 'idempotency-key': 'a key' })).headers.get('idempotent-replayed')).toBe(
      'true',
    );
    expect(keyed.headers.get('idempotent-replayed')).toBeNull();
    const streamed = await api.post(path, { ...question, stream: true });
    expect(streamed.body.text).toContain('data: [DONE]');
  });
});
