import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appVersion } from '../src/app-version.ts';
import { startAgentProcess } from './support/agent-process.ts';
import { createClient } from './support/api-client.ts';
import { completion, failure, modelOf, startUpstream, toolCall, type Upstream } from './support/mock-upstream.ts';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './support/otlp-receiver.ts';
import { ownDatabase, startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

const planted = {
  key: 'planted-api-key',
  modelKey: 'planted-model-key',
  prompt: 'planted-prompt',
  title: 'planted-title',
  answer: 'planted-answer',
};
const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
/** Asks what has been asked before. */
const repeated = { spanId: '00f067aa0ba902b7', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };
let collector: OtlpReceiver;
let upstream: Upstream;
let agent: TestAgent;
let api: ReturnType<typeof createClient>;
let headers: Readonly<Record<string, string>>;

beforeAll(async () => {
  collector = await startOtlpReceiver();
  upstream = await startUpstream();
  const directory = mkdtempSync(join(tmpdir(), 'task-api-test-'));
  const [keys, modelKey] = [join(directory, 'keys'), join(directory, 'model')];
  writeFileSync(keys, `${createHash('sha256').update(planted.key).digest('hex')} ann\n`);
  writeFileSync(modelKey, planted.modelKey);
  const env = {
    ...modelOf(upstream),
    MODEL_API_KEY_FILE: modelKey,
    AUTH_MODE: 'api-key',
    API_KEYS_FILE: keys,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    POD_NAME: 'pod-of-the-test',
  };
  agent = await startTestAgent({ env });
  api = createClient(agent.url);
  headers = { authorization: `Bearer ${planted.key}` };
});
afterAll(stopTestAgents);

describe('a trace', () => {
  let spans: readonly ReceivedSpan[];

  beforeAll(async () => {
    upstream.respondWith(toolCall('create_task', { title: planted.title }), completion(planted.answer));
    const { body: session } = await api.post('/v1/sessions', {}, headers);
    const traceparent = `00-${caller.traceId}-${caller.spanId}-01`;
    await api.post(`/v1/sessions/${session.id}/runs/wait`, { input: planted.prompt }, { ...headers, traceparent });
    upstream.respondWith(completion('direct'));
    const messages = [{ role: 'user', content: planted.prompt }];
    await api.post('/v1/chat/completions', { model: 'rec', messages }, headers);
    upstream.respondWith(failure(500, { 'retry-after': '0' }));
    await api.post('/v1/chat/completions', { model: 'rec', messages: [...messages, ...messages] }, headers);
    await api.post(
      '/v1/chat/completions',
      { model: 'rec', messages },
      { ...headers, traceparent: repeated.traceparent },
    );
    await api.get(`/v1/tasks/${crypto.randomUUID()}?secret=${planted.key}`, headers);
    await api.get('/nowhere', headers);
    await api.get('/readyz');
    await agent.stop();
    spans = collector.spans;
  });

  it('goes from the caller through request and run to the calls of model and tool', () => {
    const request = theOne(spans, (span) => span.parentSpanId === caller.spanId);
    const [run] = childrenOf(request, spans);
    const steps = run === undefined ? [] : childrenOf(run, spans);
    expect([request.name, request.kind]).toEqual(['POST /v1/sessions/:id/runs/wait', 'server']);
    expect([run?.name, run?.kind]).toEqual(['invoke_agent task-agent', 'internal']);
    expect(steps.map(({ name, kind }) => [name, kind])).toEqual([
      ['chat rec', 'client'],
      ['execute_tool create_task', 'internal'],
      ['chat rec', 'client'],
    ]);
    expect(new Set([request, ...steps].map(({ traceId }) => traceId))).toEqual(new Set([caller.traceId]));
  });

  it('has an answer out of the cache, which no hook of the framework has seen, below its caller', () => {
    const hit = theOne(spans, (span) => span.parentSpanId === repeated.spanId);
    expect([hit.name, hit.kind, hit.attributes['http.response.status_code']]).toEqual([
      'POST /v1/chat/completions',
      'server',
      200,
    ]);
    expect(childrenOf(hit, spans)).toEqual([]);
  });

  it('has a call of the model below the chat completion that asked for it', () => {
    const [good, bad] = spans.filter(({ name }) => name === 'POST /v1/chat/completions');
    if (good === undefined || bad === undefined) throw new Error('there are no two chat completions');
    expect(childrenOf(good, spans).map(({ name, isError }) => [name, isError])).toEqual([['chat rec', false]]);
    expect(childrenOf(bad, spans).map(({ name, isError }) => [name, isError])).toEqual([['chat rec', true]]);
    expect([good, bad].map(({ attributes }) => attributes['http.response.status_code'])).toEqual([200, 502]);
    expect([good.isError, bad.isError]).toEqual([false, true]);
  });

  it('tells tokens, tool and outcome, by the names of the conventions', () => {
    const call = theOne(spans, ({ attributes }) => attributes['gen_ai.tool.name'] === 'create_task');
    expect(call.attributes).toMatchObject({ 'gen_ai.operation.name': 'execute_tool', 'task_api.outcome': 'ok' });
    const run = theOne(spans, ({ name }) => name === 'invoke_agent task-agent');
    expect(run.attributes).toMatchObject({ 'task_api.outcome': 'completed', 'task_api.run.attempt': 1 });
    const [chat] = spans.filter(({ name }) => name === 'chat rec');
    expect(chat?.attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 11, 'gen_ai.usage.output_tokens': 7 });
  });

  it('says of every span which process it is from', () => {
    expect(spans.length).toBeGreaterThan(8);
    for (const { resource } of spans) {
      expect(resource).toMatchObject({ 'service.name': 'task-api', 'service.version': appVersion });
      expect(resource['service.instance.id']).toMatch(/^pod-of-the-test\//);
      expect(resource['telemetry.sdk.language']).toBe('nodejs');
    }
  });

  it('names routes by their template, and probes not at all', () => {
    const requests = spans.filter(({ kind }) => kind === 'server').map(({ name }) => name);
    expect(requests).toContain('GET /v1/tasks/:id');
    expect(requests).toContain('GET');
    expect(requests.join()).not.toMatch(/readyz|nowhere/);
  });

  it('holds no prompt, no answer, no argument of a tool, and no key', () => {
    const text = JSON.stringify(spans);
    for (const secret of Object.values(planted)) expect(text).not.toContain(secret);
  });
});

describe.each(['refuses', 'hangs'] as const)('a collector that %s', (behaviour) => {
  it('delays no request and hardly the shutdown, and is told of in one line', async () => {
    const broken = await startOtlpReceiver();
    broken.behave(behaviour);
    const database = await ownDatabase();
    const victim = await startAgentProcess({
      ...modelOf(upstream),
      DATABASE_URL: database.url,
      CACHE_ENABLED: 'false',
      OTEL_EXPORTER_OTLP_ENDPOINT: broken.url,
      // Exports at once instead of after five seconds.
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    upstream.respondWith(completion('in time'));
    const client = createClient(victim.url);
    const messages = [{ role: 'user', content: 'x' }];
    const durations: number[] = [];
    for (let index = 0; index < 40; index += 1) {
      const startedAt = performance.now();
      expect((await client.post('/v1/chat/completions', { model: 'rec', messages })).status).toBe(200);
      durations.push(performance.now() - startedAt);
    }
    expect(broken.requests()).toBeGreaterThan(0);
    // A request that waited for the collector would take two seconds; the median leaves room for a busy machine.
    expect(durations.sort((a, b) => a - b)[durations.length / 2]).toBeLessThan(1000);
    await waitUntil(() => victim.logs.some((line) => line.includes('does not take spans')));
    const stoppedAt = performance.now();
    victim.child.kill('SIGTERM');
    expect(await victim.exited).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(8000);
    expect(victim.logs.filter((line) => line.includes('does not take spans'))).toHaveLength(1);
  });
});

function childrenOf(parent: ReceivedSpan, spans: readonly ReceivedSpan[]): readonly ReceivedSpan[] {
  return spans.filter((span) => span.parentSpanId === parent.spanId && span.traceId === parent.traceId);
}

function theOne(spans: readonly ReceivedSpan[], isWanted: (span: ReceivedSpan) => boolean): ReceivedSpan {
  const [found, ...more] = spans.filter(isWanted);
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} spans instead of one`);
  return found;
}

async function waitUntil(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
