import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunWorker } from '../src/runs/run-worker.ts';
import { collectEvents, createClient, readEvents } from './support/api-client.ts';
import {
  completion,
  silence,
  startUpstream,
  toolCall,
  type Upstream,
  uncachedModelOf,
} from './support/mock-upstream.ts';
import { addCleanup, startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let upstream: Upstream;
/** Takes requests and executes nothing. */
let front: TestAgent;
let api: ReturnType<typeof createClient>;
beforeAll(async () => {
  upstream = await startUpstream();
  front = await startTestAgent({ env: { WORKERS: '0' } });
  api = createClient(front.url);
});
afterAll(stopTestAgents);
beforeEach(() => upstream.respondWith(toolCall('list_tasks', {}), silence));

const firstStep = { input_tokens: 11, output_tokens: 7, steps: 1 };
const startWorker = () =>
  startTestAgent({ env: { ...uncachedModelOf(upstream), RUN_DRAIN_BUDGET_MS: '0' }, database: front.database });

/** A run whose first step is done and whose second one waits for the model. */
async function runInSecondStep() {
  const session = await api.newSession();
  const path = `/v1/sessions/${session}/runs/${(await api.post(`/v1/sessions/${session}/runs`, { input: 'go' })).body.id}`;
  const response = await fetch(`${front.url}${path}/stream`);
  for await (const { type, data } of readEvents(response)) if (type === 'step.started' && data.step === 2) break;
  const last = async () => (await collectEvents(await fetch(`${front.url}${path}/stream`))).at(-1);
  return { path, last };
}

describe('the usage of a run', () => {
  it('holds the steps of the process that had it before', async () => {
    const first = await startWorker();
    const { path, last } = await runInSecondStep();
    await first.stop();
    upstream.respondWith(completion('done'));
    const second = await startWorker();
    const usage = { input_tokens: 22, output_tokens: 14, steps: 2 };
    expect(await last()).toMatchObject({ type: 'run.completed', data: { usage } });
    expect((await api.get(path)).body).toMatchObject({ attempt: 2, usage });
    await second.stop();
  });

  it('holds what was done until it was cancelled', async () => {
    const worker = await startWorker();
    const { path, last } = await runInSecondStep();
    await api.post(`${path}/cancel`);
    expect(await last()).toMatchObject({ type: 'run.cancelled', data: { usage: firstStep } });
    expect((await api.get(path)).body.usage).toEqual(firstStep);
    await worker.stop();
  });

  it('holds what was done until it was handed back and then cancelled', async () => {
    const worker = await startWorker();
    const { path, last } = await runInSecondStep();
    await worker.stop();
    await api.post(`${path}/cancel`);
    expect(await last()).toMatchObject({ type: 'run.cancelled', data: { usage: firstStep } });
    expect((await api.get(path)).body.usage).toEqual(firstStep);
  });

  it('holds what was done until it took too long', async () => {
    const idle = await startTestAgent({
      env: { ...uncachedModelOf(upstream), WORKERS: '0' },
      database: front.database,
    });
    const own = { owner: 'impatient', concurrency: 1, leaseMs: 1500, runTimeoutMs: 1000, now: () => new Date() };
    const worker = new RunWorker({ ...idle.services, ...own });
    worker.start();
    addCleanup(() => worker.drain(0));
    const { path, last } = await runInSecondStep();
    expect(await last()).toMatchObject({ type: 'run.failed', data: { usage: firstStep } });
    expect((await api.get(path)).body.usage).toEqual(firstStep);
  });

  it('is not known of a run that was cancelled before it began', async () => {
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs`, { input: 'go' });
    expect((await api.post(`/v1/sessions/${session}/runs/${run.id}/cancel`)).body.usage).toBe(null);
  });
});
