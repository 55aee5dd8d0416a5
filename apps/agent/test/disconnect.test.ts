import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelOf, silence, startUpstream } from './support/mock-upstream.ts';
import { startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let agent: TestAgent;
beforeAll(async () => {
  const upstream = await startUpstream();
  upstream.respondWith(silence);
  agent = await startTestAgent({ env: modelOf(upstream) });
});
afterAll(stopTestAgents);

describe('a client that leaves before it has its answer', () => {
  it.each([
    ['a completion', { model: 'rec' }, '/v1/chat/completions'],
    ['a stream of the model', { model: 'rec', stream: true }, '/v1/chat/completions'],
    ['a stream of the agent', { model: 'task-agent', stream: true }, '/v1/chat/completions'],
  ])('is no failure of ours while it waits for %s', async (what, body, path) => {
    const leaving = new AbortController();
    const before = agent.logs.length;
    const request = fetch(`${agent.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, messages: [{ role: 'user', content: `waits for ${what}` }] }),
      signal: leaving.signal,
    }).then((response) => response.text());
    setTimeout(() => leaving.abort(), 100);
    await expect(request).rejects.toThrow();
    // Nothing tells when the process has noticed; where this is too short, the test sees too little, never too much.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const lines = agent.logs.slice(before).map((line) => JSON.parse(line));
    expect(lines.filter(({ level }) => level >= 40)).toEqual([]);
  });
});
