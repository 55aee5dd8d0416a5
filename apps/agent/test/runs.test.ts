import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collectEvents, createClient, type ServerEvent } from './support/api-client.ts';
import { startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let agent: TestAgent;
let api: ReturnType<typeof createClient>;
beforeAll(async () => {
  agent = await startTestAgent();
  api = createClient(agent.url);
});
afterAll(stopTestAgents);

describe('a run', () => {
  it('uses every tool and answers', async () => {
    const session = await api.newSession();
    const ask = async (input: string) => (await api.post(`/v1/sessions/${session}/runs/wait`, { input })).body.output;
    expect(await ask('add a task: call the plumber')).toBe('Added “call the plumber”.');
    expect(await ask('show task call the plumber')).toBe('- call the plumber');
    expect(await ask('set the priority of call the plumber to high')).toBe(
      'Updated “call the plumber”: priority high.',
    );
    expect(await ask('complete call the plumber')).toBe('Done: “call the plumber”.');
    expect(await ask('list done tasks')).toBe('You have 1 done task:\n- call the plumber (done, high priority)');
    expect(await ask('delete call the plumber')).toBe('Deleted “call the plumber”.');
    expect(await ask('complete call the plumber')).toBe('I found no open task that matches “call the plumber”.');
  });

  it('streams events that can be read again from any point', async () => {
    const session = await api.newSession();
    const all = await stream(`/v1/sessions/${session}/runs/stream`, { input: 'add a task: streamed' });
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    expect(all.map(({ type }) => type)).toEqual([
      'run.started',
      ...['step.started', 'step.finished', 'tool.call', 'tool.result'],
      ...['step.started', 'message.delta', 'step.finished', 'run.completed'],
    ]);
    const [run] = (await api.get(`/v1/sessions/${session}/runs`)).body.data;
    const rest = await stream(`/v1/sessions/${session}/runs/${run?.id}/stream`, undefined, { 'last-event-id': '5' });
    expect(rest).toEqual(all.slice(5));
  });

  it('keeps its conversation in order', async () => {
    const session = await api.newSession();
    await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'add a task: remembered' });
    const { body } = await api.get(`/v1/sessions/${session}/messages`);
    expect(body.data.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
  });

  it('runs in the background and is found later', async () => {
    const session = await api.newSession();
    const { status, body, headers } = await api.post(`/v1/sessions/${session}/runs`, { input: 'hello' });
    expect([status, headers.get('location')]).toEqual([202, `/v1/sessions/${session}/runs/${body.id}`]);
    await stream(`/v1/sessions/${session}/runs/${body.id}/stream`);
    expect((await api.get(`/v1/sessions/${session}/runs/${body.id}`)).body.status).toBe('completed');
  });

  it('is started once for one Idempotency-Key, and its stream can be had again', async () => {
    const session = await api.newSession();
    const start = () =>
      stream(
        `/v1/sessions/${session}/runs/stream`,
        { input: 'add a task: once per key' },
        { 'idempotency-key': 'run-once' },
      );
    const [first, second] = [await start(), await start()];
    expect(second).toEqual(first);
    expect((await api.get('/v1/tasks?search=once%20per%20key')).body.data).toHaveLength(1);
  });

  it('of another tenant does not exist', async () => {
    const { status, body } = await api.get(
      '/v1/sessions/00000000-0000-7000-8000-000000000000/runs/00000000-0000-7000-8000-000000000000',
    );
    expect([status, body.error.code]).toEqual([404, 'not-found']);
  });
});

describe('a conversation that the client brings along', () => {
  const brought = (title: string) => [
    { role: 'user', content: 'hi' },
    { role: 'assistant', content: 'Hello' },
    { role: 'user', content: `add a task: ${title}` },
  ];

  it('is answered by a run, whatever it says that the agent has said', async () => {
    const path = `/v1/sessions/${await api.newSession()}/runs/wait`;
    expect((await api.post(path, { input: brought('in a run') })).body.output).toBe('Added “in a run”.');
    expect((await api.get('/v1/tasks?search=in%20a%20run')).body.data).toHaveLength(1);
  });

  it('is answered by the agent behind the chat route, too', async () => {
    const { body } = await api.post('/v1/chat/completions', { model: 'task-agent', messages: brought('in a chat') });
    expect(body.choices[0]?.message.content).toBe('Added “in a chat”.');
    expect((await api.get('/v1/tasks?search=in%20a%20chat')).body.data).toHaveLength(1);
  });

  it('may end with words of the agent', async () => {
    const path = `/v1/sessions/${await api.newSession()}/runs/wait`;
    const { body } = await api.post(path, { input: [...brought('before').slice(0, 2)] });
    expect([body.output?.slice(0, 6), body.usage.steps]).toEqual(['Hello.', 1]);
  });
});

async function stream(
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly ServerEvent[]> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${agent.url}${path}`, {
    ...init,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
  });
  expect(response.status).toBe(200);
  return collectEvents(response);
}
