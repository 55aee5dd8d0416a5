import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentContract } from '@task-api/contract';
import { createTestDatabase } from '@task-api/local-stack/testing';
import { requiredSchemaVersion } from '../src/app-version.ts';
import { createClient } from './support/api-client.ts';
import { addCleanup, startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let agent: TestAgent;
let api: ReturnType<typeof createClient>;
beforeAll(async () => {
  agent = await startTestAgent();
  api = createClient(agent.url);
});
afterAll(stopTestAgents);

describe('metrics', () => {
  it('are those that the contract promises, with its labels', async () => {
    const session = await api.newSession();
    await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'hello' });
    await api.get('/v1/tasks/not-an-id');
    const text = (await api.get('/metrics')).body.text;
    for (const [name, { type, labels }] of Object.entries(agentContract.metrics)) {
      expect(text).toContain(`# TYPE ${name} ${type}`);
      const sample = new RegExp(`^${name}(?:_count)?(?:\\{([^}]*)\\})? `, 'm').exec(text);
      expect([name, sample !== null]).toEqual([name, true]);
      const given = (sample?.[1] ?? '').match(/\w+(?==")/g) ?? [];
      expect([name, [...given].sort()]).toEqual([name, [...labels].sort()]);
    }
  });

  it('name routes by their template, so that no request adds a series', async () => {
    for (let index = 0; index < 5; index += 1) await api.get(`/v1/tasks/${crypto.randomUUID()}`);
    for (let index = 0; index < 5; index += 1) await api.get(`/made-up-${index}`);
    const text = (await api.get('/metrics')).body.text;
    expect(text).toContain('route="/v1/tasks/:id"');
    expect(text).not.toMatch(/route="[^"]*made-up/);
  });
});

describe('readiness', () => {
  it('fails in a database that was never migrated, while the process lives', async () => {
    const database = await createTestDatabase();
    addCleanup(() => database.drop());
    const client = createClient((await startTestAgent({ database })).url);
    const { status, body } = await client.get('/readyz');
    expect([status, body.checks.schema]).toEqual([503, { required: requiredSchemaVersion, applied: 0 }]);
    expect((await client.get('/healthz')).status).toBe(200);
  });

  it('fails without PostgreSQL, requests get 503 soon, and the process lives', async () => {
    const client = createClient(
      (await startTestAgent({ env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } })).url,
    );
    const startedAt = Date.now();
    const { status, body, headers } = await client.get('/v1/tasks');
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'database-unavailable', '1']);
    expect(Date.now() - startedAt).toBeLessThan(1500);
    expect((await client.get('/readyz')).body.checks.database).toBe('down');
    expect((await client.get('/healthz')).status).toBe(200);
    expect((await client.get('/metrics')).body.text).toContain('task_api_dependency_up{dependency="postgresql"} 0');
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and names every public route', async () => {
    const document = JSON.parse(await (await fetch(`${agent.url}/openapi.json`)).text());
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/chat/completions',
      '/v1/models',
      '/v1/models/{id}',
      '/v1/sessions',
      '/v1/sessions/{id}',
      '/v1/sessions/{id}/messages',
      '/v1/sessions/{id}/runs',
      '/v1/sessions/{id}/runs/stream',
      '/v1/sessions/{id}/runs/wait',
      '/v1/sessions/{id}/runs/{run_id}',
      '/v1/sessions/{id}/runs/{run_id}/cancel',
      '/v1/sessions/{id}/runs/{run_id}/stream',
      '/v1/tasks',
      '/v1/tasks/{id}',
      '/v1/tasks/{id}/complete',
    ]);
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Task', 'Run', 'Error', 'OpenAiError']),
    );
  });

  it('can be read without a program', async () => {
    expect((await api.get('/docs')).body.text).toContain('<code>POST /v1/sessions/{id}/runs/stream</code>');
  });
});
