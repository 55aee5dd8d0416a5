import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgentOnUpstream, startAgentOnUpstream } from './support/agent-on-upstream.ts';
import { readEvents } from './support/api-client.ts';
import { completion, failure, toolCall } from './support/mock-upstream.ts';
import { stopTestAgents } from './support/test-agent.ts';

let upstream: AgentOnUpstream['upstream'];
let agent: AgentOnUpstream['agent'];
let api: AgentOnUpstream['api'];
beforeAll(async () => {
  ({ upstream, agent, api } = await startAgentOnUpstream());
});
afterAll(stopTestAgents);

const question = { model: 'task-agent', messages: [{ role: 'user', content: 'add milk' }] };

/** The text and the error that a streamed answer consists of. */
async function streamed(): Promise<{ readonly text: string; readonly error: string | undefined }> {
  const response = await fetch(`${agent.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...question, stream: true }),
  });
  let text = '';
  let error: string | undefined;
  for await (const { data } of readEvents(response)) {
    error ??= data.error?.message;
    text += data.choices?.[0]?.delta?.content ?? '';
  }
  return { text, error };
}

describe('the agent behind the chat route', () => {
  it.each([
    ['begins like the first', "I'll leave it at that."],
    ['is the same as the first', "I'll add it."],
  ])('sends the text of its second step whole where it %s', async (_name, last) => {
    upstream.respondWith(toolCall('create_task', { title: 'milk' }, "I'll add it."), completion(last));
    expect((await streamed()).text).toBe(`I'll add it.${last}`);
    upstream.respondWith(toolCall('create_task', { title: 'milk' }, "I'll add it."), completion(last));
    const { body } = await api.post('/v1/chat/completions', question);
    expect(body.choices[0]?.message.content).toBe(`I'll add it.${last}`);
  });

  it('tells why its run has failed', async () => {
    upstream.respondWith(failure(500));
    const message = 'the model endpoint failed: it answered with an error (status 500)';
    const { status, body } = await api.post('/v1/chat/completions', question);
    expect([status, body.error.code]).toEqual([502, 'model-failed']);
    expect(body.error.message).toMatch(message);
    expect((await streamed()).error).toMatch(message);
  });
});
