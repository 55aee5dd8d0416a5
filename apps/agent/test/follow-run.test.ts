import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgentOnUpstream, holdAnswers, startAgentOnUpstream } from './support/agent-on-upstream.ts';
import { collectEvents, readEvents } from './support/api-client.ts';
import { stopTestAgents } from './support/test-agent.ts';

let upstream: AgentOnUpstream['upstream'];
let agent: AgentOnUpstream['agent'];
let api: AgentOnUpstream['api'];
beforeAll(async () => {
  ({ upstream, agent, api } = await startAgentOnUpstream());
});
afterAll(stopTestAgents);

let letEnd: () => void;
beforeEach(() => {
  letEnd = holdAnswers({ upstream });
});
afterEach(() => letEnd());

describe('a stream that is asked to go on behind the last event', () => {
  it('of a run that has ended says that there is nothing more, which is the end for an EventSource', async () => {
    letEnd();
    const { path, lastId } = await finishedRun();
    for (const id of [lastId, lastId + 7]) {
      const response = await fetch(`${agent.url}${path}/stream`, { headers: { 'last-event-id': String(id) } });
      expect([response.status, await response.text()]).toEqual([204, '']);
    }
  });

  it('of a run that goes on ends with the run', async () => {
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs`, { input: 'talk' });
    const path = `/v1/sessions/${session}/runs/${run.id}/stream`;
    const answer = fetch(`${agent.url}${path}`, { headers: { 'last-event-id': '1000' } });
    await untilStreamed();
    letEnd();
    const response = await answer;
    expect([response.status, await collectEvents(response)]).toEqual([200, []]);
  });
});

describe('a session that is deleted while its run is followed', () => {
  it('ends the stream of the run', async () => {
    const session = await api.newSession();
    const response = await start(session, 'stream');
    const types: string[] = [];
    for await (const { type } of readEvents(response)) {
      types.push(type);
      if (type === 'message.delta') expect((await api.delete(`/v1/sessions/${session}`)).status).toBe(204);
    }
    expect(types.at(-1)).toBe('message.delta');
  });

  it('ends the wait for the run: there is no such run', async () => {
    const session = await api.newSession();
    const answer = start(session, 'wait');
    await untilStarted(session);
    expect((await api.delete(`/v1/sessions/${session}`)).status).toBe(204);
    const response = await answer;
    expect([response.status, JSON.parse(await response.text()).error.code]).toEqual([404, 'not-found']);
  });
});

async function finishedRun(): Promise<{ readonly path: string; readonly lastId: number }> {
  const session = await api.newSession();
  const events = await collectEvents(await start(session, 'stream'));
  const [run] = (await api.get(`/v1/sessions/${session}/runs`)).body.data;
  return { path: `/v1/sessions/${session}/runs/${run?.id}`, lastId: events.at(-1)?.id ?? 0 };
}

function start(session: string, way: 'stream' | 'wait'): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${agent.url}/v1/sessions/${session}/runs/${way}`, {
    method: 'POST',
    headers,
    body: '{"input":"talk"}',
  });
}

async function untilStarted(session: string): Promise<void> {
  while ((await api.get(`/v1/sessions/${session}/runs`)).body.data[0]?.status !== 'running')
    await new Promise((resolve) => setTimeout(resolve, 20));
}

async function untilStreamed(): Promise<void> {
  while (!(await api.get('/metrics')).body.text.includes('task_api_open_streams 1'))
    await new Promise((resolve) => setTimeout(resolve, 20));
}
