import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from './support/api-client.ts';
import { arbitraryRequest } from './support/arbitrary-request.ts';
import { startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

/** Set FUZZ_REQUESTS for a long hunt. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 600);
const seed = Number(process.env.FUZZ_SEED ?? 4);

let agent: TestAgent;
beforeAll(async () => {
  agent = await startTestAgent();
});
afterAll(stopTestAgents);

describe('any request', () => {
  it('gets an answer of ours: no 5xx, and a code and a request id with every refusal', async () => {
    const api = createClient(agent.url);
    const { body: task } = await api.post('/v1/tasks', { title: 'known' });
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'hello' });
    const document = JSON.parse(await (await fetch(`${agent.url}/openapi.json`)).text());
    const property = fc.asyncProperty(
      arbitraryRequest(document, [task.id, session, run.id]),
      async ({ payload, ...request }) => {
        const answer = await agent.app.inject({
          ...(request as { method: 'GET' }),
          ...(payload !== undefined && { payload }),
        }); // the method is one of the document
        if (answer.statusCode >= 500) throw new Error(`${answer.statusCode} ${answer.body}`);
        if (answer.statusCode >= 400) expect(typeof answer.json().error.code).toBe('string');
      },
    );
    await fc.assert(property, { numRuns: requests, seed, endOnFailure: true });
    expect(agent.logs.filter((line) => line.includes('"level":50'))).toEqual([]);
  }, 600_000);
});
