import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from './support/api-client.ts';
import { startTestAgent, stopTestAgents } from './support/test-agent.ts';

let api: ReturnType<typeof createClient>;
beforeAll(async () => {
  api = createClient((await startTestAgent()).url);
});
afterAll(stopTestAgents);

describe('tasks', () => {
  it('are created with defaults, and a day means its last second', async () => {
    const { status, body, headers } = await api.post('/v1/tasks', { title: ' book the venue ', due_at: '2026-11-27' });
    expect([status, body.title, body.status, body.priority, body.due_at]).toEqual([
      201,
      'book the venue',
      'open',
      'normal',
      '2026-11-27T23:59:59.000000Z',
    ]);
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('location')).toBe(`/v1/tasks/${body.id}`);
  });

  it('are refused with the field that is wrong', async () => {
    const { status, body } = await api.post('/v1/tasks', { title: '', colour: 'red' });
    expect(status).toBe(400);
    expect(body.error.code).toBe('request-invalid');
    expect(body.error.details.map(({ path }) => path)).toContain('body.title');
    expect(body.error.request_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){2}-\d+$/);
  });

  it('change only in the version that If-Match names', async () => {
    const { body: task } = await api.post('/v1/tasks', { title: 'versioned' });
    const first = await api.patch(`/v1/tasks/${task.id}`, { priority: 'high' }, { 'if-match': '"1"' });
    const second = await api.patch(`/v1/tasks/${task.id}`, { priority: 'low' }, { 'if-match': '"1"' });
    expect([first.status, first.body.version, first.body.priority]).toEqual([200, 2, 'high']);
    expect([second.status, second.body.error.code]).toEqual([412, 'version-conflict']);
    expect(second.body.error.message).toBe(`task "${task.id}" is at version 2, If-Match asks for "1"; read it again`);
  });

  it.each([
    ['one of a list', '"7", "1"', 200],
    ['a list without it', '"7", "8"', 412],
    ['an ETag that a compressing proxy has made weak', 'W/"1"', 200],
    ['an ETag of something else', '"abc"', 412],
    ['no ETag at all', '1', 400],
  ])('are compared with If-Match: %s', async (_name, header, status) => {
    const { body: task } = await api.post('/v1/tasks', { title: 'compared' });
    const change = await api.patch(`/v1/tasks/${task.id}`, { priority: 'high' }, { 'if-match': header });
    expect(change.status).toBe(status);
  });

  it('are completed, reopened and deleted', async () => {
    const { body: task } = await api.post('/v1/tasks', { title: 'life of a task' });
    const done = await api.post(`/v1/tasks/${task.id}/complete`);
    const reopened = await api.patch(`/v1/tasks/${task.id}`, { status: 'open' });
    expect([done.body.status, done.body.completed_at !== null]).toEqual(['done', true]);
    expect([reopened.body.status, reopened.body.completed_at]).toEqual(['open', null]);
    expect((await api.delete(`/v1/tasks/${task.id}`)).status).toBe(204);
    expect((await api.get(`/v1/tasks/${task.id}`)).body.error.code).toBe('not-found');
  });

  it('are listed page by page, newest first, without a gap or a repetition', async () => {
    const titles = ['page 1', 'page 2', 'page 3', 'page 4', 'page 5'];
    for (const title of titles) await api.post('/v1/tasks', { title });
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await api.get(`/v1/tasks?limit=2&search=page&${cursor}`);
      seen.push(...body.data.map(({ title }) => String(title)));
      if (body.next_cursor === null) break;
      cursor = `cursor=${body.next_cursor}`;
    }
    expect(seen).toEqual([...titles].reverse());
  });

  it('are searched for literally: a percent sign is no wildcard', async () => {
    await api.post('/v1/tasks', { title: '100% sure' });
    expect((await api.get('/v1/tasks?search=100%25')).body.data).toHaveLength(1);
    expect((await api.get('/v1/tasks?search=%25%25')).body.data).toHaveLength(0);
  });

  it('refuses a cursor it did not make', async () => {
    const { status, body } = await api.get('/v1/tasks?cursor=nonsense');
    expect([status, body.error.code]).toEqual([400, 'cursor-invalid']);
  });
});

describe('an Idempotency-Key', () => {
  it('creates one task for any number of requests at once', async () => {
    const create = () => api.post('/v1/tasks', { title: 'only once' }, { 'idempotency-key': 'once' });
    const answers = await Promise.all(Array.from({ length: 8 }, create));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(7);
    expect((await api.get('/v1/tasks?search=only%20once')).body.data).toHaveLength(1);
  });

  it('is refused with another request', async () => {
    await api.post('/v1/tasks', { title: 'first' }, { 'idempotency-key': 'reused' });
    const { status, body } = await api.post('/v1/tasks', { title: 'second' }, { 'idempotency-key': 'reused' });
    expect([status, body.error.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('is free again after a request that failed', async () => {
    const id = '00000000-0000-7000-8000-000000000000';
    const answer = await api.post(`/v1/tasks/${id}/complete`, undefined, { 'idempotency-key': 'failed' });
    expect(answer.status).toBe(404);
    expect((await api.post('/v1/tasks', { title: 'after failure' }, { 'idempotency-key': 'failed' })).status).toBe(201);
  });
});
