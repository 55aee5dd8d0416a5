import { spawnSync } from 'node:child_process';
import { appVersion } from '../../../src/app-version.ts';
import { startAgentProcess } from '../../support/agent-process.ts';
import { createClient } from '../../support/api-client.ts';
import { type ReceivedSpan, startOtlpReceiver } from '../../support/otlp-receiver.ts';
import { ownDatabase } from '../../support/test-agent.ts';
import { buildCollector, startCollector } from '../collector.ts';
import { inParallel } from '../load.ts';
import type { Endurance } from '../scenario.ts';

/** Whether the agent speaks the protocol is for the collector's own code to say. */
export const scenario: Endurance = {
  name: 'collector',
  title: 'the traces of 200 runs through a real OpenTelemetry Collector',
  unavailable: async () => (spawnSync('go', ['version']).status === 0 ? undefined : 'there is no go on the PATH'),
  run: async ({ scaled, checks, figure }) => {
    const { path, buildMs } = await buildCollector();
    figure('build', buildMs === 0 ? 'from the cache' : `${(buildMs / 1000).toFixed(0)} s`);
    const receiver = await startOtlpReceiver();
    const agent = await startAgentProcess({
      DATABASE_URL: (await ownDatabase()).url,
      OTEL_EXPORTER_OTLP_ENDPOINT: await startCollector(path, receiver.url),
      LOG_LEVEL: 'info',
      RUN_DRAIN_BUDGET_MS: '5000',
    });
    const count = scaled(200);
    await inParallel({ count, width: 8 }, (index) => runOnce(agent.url, index));
    agent.child.kill('SIGTERM');
    checks.equal('the agent ends in order', await agent.exited, 0);
    await untilQuiet(receiver.spans);
    const { spans } = receiver;
    figure('spans', spans.length);
    const runs = spans.filter(({ name }) => name === 'invoke_agent task-agent');
    checks.equal('spans of runs', runs.length, count);
    checks.equal(
      'traces that are not request, run, two calls of the model and one of a tool',
      runs
        .filter((run) => describeTrace(run, spans) !== wholeTrace)
        .map((run) => describeTrace(run, spans))
        .slice(0, 3),
      [],
    );
    const isNamed = ({ resource }: ReceivedSpan) =>
      resource['service.name'] === 'task-api' && resource['service.version'] === appVersion;
    checks.equal('spans without the name of their service', spans.filter((span) => !isNamed(span)).length, 0);
    checks.equal('spans that hold a title', JSON.stringify(spans).includes('traced run'), false);
    checks.equal(
      'complaints of the agent',
      agent.logs.filter((line) => line.includes('does not take spans')),
      [],
    );
  },
};

const wholeTrace = 'POST /v1/sessions/:id/runs/wait > chat embedded, chat embedded, execute_tool create_task';

function describeTrace(run: ReceivedSpan, spans: readonly ReceivedSpan[]): string {
  const inTrace = spans.filter(({ traceId }) => traceId === run.traceId);
  const parent = inTrace.find(({ spanId }) => spanId === run.parentSpanId);
  const children = inTrace.filter(({ parentSpanId }) => parentSpanId === run.spanId).map(({ name }) => name);
  return `${parent?.name} > ${children.sort().join(', ')}`;
}

async function runOnce(url: string, index: number): Promise<void> {
  const api = createClient(url);
  const session = await api.newSession();
  await api.post(`/v1/sessions/${session}/runs/wait`, { input: `add a task: traced run ${index}` });
}

/** The collector sends on what it has in its own time. */
async function untilQuiet(spans: readonly ReceivedSpan[]): Promise<void> {
  for (let before = -1; before !== spans.length; ) {
    before = spans.length;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}
