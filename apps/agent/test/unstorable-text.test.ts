import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgentOnUpstream, startAgentOnUpstream } from './support/agent-on-upstream.ts';
import { collectEvents } from './support/api-client.ts';
import { completion, recorded, toolCall } from './support/mock-upstream.ts';
import { stopTestAgents } from './support/test-agent.ts';

let upstream: AgentOnUpstream['upstream'];
let agent: AgentOnUpstream['agent'];
let api: AgentOnUpstream['api'];
beforeAll(async () => {
  ({ upstream, agent, api } = await startAgentOnUpstream());
});
afterAll(stopTestAgents);

const inputs: readonly (readonly [string, (text: string) => readonly [string, object]])[] = [
  ['a task', (title) => ['/v1/tasks', { title }]],
  ['the notes of a task', (notes) => ['/v1/tasks', { title: 'x', notes }]],
  ['a session', (title) => ['/v1/sessions', { title }]],
  ['a chat', (content) => ['/v1/chat/completions', chatOf(content)]],
  ['a part of a chat', (text) => ['/v1/chat/completions', chatOf([{ type: 'text', text }])]],
];
const texts: readonly (readonly [string, string])[] = [
  ['must not hold the character NUL', 'a\0b'],
  ['must not hold half of a surrogate pair', 'a\ud800'],
  ['must not hold half of a surrogate pair', '\udc00b'],
];

describe('text that PostgreSQL cannot hold', () => {
  it.each(inputs)('is refused for %s, and any other is taken', async (_what, requestOf) => {
    upstream.respondWith(completion('hello'));
    for (const [reason, text] of texts) {
      const { status, body } = await api.post(...requestOf(text));
      expect([status, body.error.code]).toEqual([400, 'request-invalid']);
      expect(body.error.message).toContain(reason);
    }
    expect((await api.post(...requestOf('a\u0001😀'))).status).toBeLessThan(300);
  });

  it.each([
    ['text', (input: string) => input],
    ['messages', (content: string) => [{ role: 'user', content }]],
  ])('is refused for a run whose input is %s', async (_what, inputOf) => {
    const session = await api.newSession();
    for (const [, text] of texts) {
      const { status, body } = await api.post(`/v1/sessions/${session}/runs`, { input: inputOf(text) });
      expect([status, body.error.code]).toEqual([400, 'request-invalid']);
    }
  });
});

describe('a model that writes such text', () => {
  it('is heard with a mark in its place, and a character that came in two pieces is whole', async () => {
    upstream.respondWith(recorded('text-beyond-unicode'));
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'talk' });
    expect([run.status, run.output]).toEqual(['completed', 'zero \ufffd pair 😀 half \ufffd end']);
    const events = await collectEvents(await fetch(`${agent.url}/v1/sessions/${session}/runs/${run.id}/stream`));
    const said = events.map(({ type, data }) => (type === 'message.delta' ? data.text : ''));
    expect(said.join('')).toBe(run.output);
  });

  it.each([
    ['in an argument', toolCall('create_task', { title: 'a\0b' }), 'must not hold the character NUL'],
    ['cut in an argument', toolCall('create_task', { title: 'a\ud800' }), 'must not hold half of a surrogate pair'],
    ['in the name of an argument', toolCall('create_task', { title: 'x', 'a\0': 1 }), 'Unrecognized key'],
    ['in the name of a tool', toolCall('create\0task', {}), 'there is no tool'],
  ])('is told so when it is %s', async (_where, call, words) => {
    expect(await toldAfter(call)).toContain(words);
  });
});

describe('a tool with a name that every object has', () => {
  it.each(['constructor', 'toString', '__proto__'])('does not exist: %s', async (name) => {
    expect(await toldAfter(toolCall(name, {}))).toContain(`there is no tool ${name}`);
    const { body } = await api.get('/metrics');
    expect(body.text).not.toContain(`tool="${name}"`);
  });
});

function chatOf(content: unknown): object {
  return { model: 'task-agent', messages: [{ role: 'user', content }] };
}

/** What the model is told of its call, before it brings the run to its end. */
async function toldAfter(call: ReturnType<typeof toolCall>): Promise<string> {
  upstream.respondWith(call, completion('sorry'));
  const { body: run } = await api.post(`/v1/sessions/${await api.newSession()}/runs/wait`, { input: 'try' });
  expect([run.status, run.output]).toEqual(['completed', 'sorry']);
  return String(upstream.requests.at(-1)?.body.messages.at(-1)?.content);
}
