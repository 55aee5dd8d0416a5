import {
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { appVersion } from '../app-version.ts';
import type { AnswerUsage } from '../models/answer.ts';
import { activeSpan, parseTraceparent, withActiveSpan } from './active-span.ts';
import type { RequestFacts, RequestSpan, RunFacts, ToolFacts, Tracing, WorkOutcome } from './tracing.ts';
import { type ExportOutcome, WatchedExporter } from './watched-exporter.ts';

/** Names of the conventions. Those for GenAI are still in development: kept in this one module. */
const names = {
  agent: 'gen_ai.agent.name',
  conversation: 'gen_ai.conversation.id',
  inputTokens: 'gen_ai.usage.input_tokens',
  method: 'http.request.method',
  model: 'gen_ai.request.model',
  operation: 'gen_ai.operation.name',
  outcome: 'task_api.outcome',
  outputTokens: 'gen_ai.usage.output_tokens',
  provider: 'gen_ai.provider.name',
  route: 'http.route',
  runAttempt: 'task_api.run.attempt',
  runId: 'task_api.run.id',
  status: 'http.response.status_code',
  tool: 'gen_ai.tool.name',
  toolCall: 'gen_ai.tool.call.id',
} as const;

export interface OtlpTracingOptions {
  readonly endpoint: URL;
  /** Tells the processes of a service apart. */
  readonly instanceId: string;
  readonly onExport: (outcome: ExportOutcome) => void;
}

/** Sends spans to a collector. A module of its own, since what it loads is a sixth of the whole program. */
export function createOtlpTracing(options: OtlpTracingOptions): Tracing {
  const provider = createProvider(options);
  const tracer = provider.getTracer('task-api', appVersion);
  return {
    startRequest: (facts, traceparent) => startRequest(tracer, facts, parseTraceparent(traceparent)),
    inRun: (facts, work) => within(startRun(tracer, facts), work),
    startModelCall: (providerName, model) => startModelCall(tracer, providerName, model),
    inTool: (facts, work) => inTool(tracer, facts, work),
    close: () => closeWithin(provider, closeTimeoutMs),
  };
}

const exportTimeoutMs = 2000;
const closeTimeoutMs = 1000;

/** Spans wait in a bounded queue and are sent in the background: a collector that is slow or gone costs spans only. */
function createProvider({ endpoint, instanceId, onExport }: OtlpTracingOptions): BasicTracerProvider {
  const url = `${endpoint.href.replace(/\/$/, '')}/v1/traces`;
  const exporter = new WatchedExporter(new OTLPTraceExporter({ url, timeoutMillis: exportTimeoutMs }), onExport);
  const facts = { 'service.name': 'task-api', 'service.version': appVersion, 'service.instance.id': instanceId };
  return new BasicTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes(facts)),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: exportTimeoutMs })],
  });
}

async function closeWithin(provider: BasicTracerProvider, timeoutMs: number): Promise<void> {
  await Promise.race([
    provider.shutdown().catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, timeoutMs).unref()),
  ]);
}

function startRequest(tracer: Tracer, facts: RequestFacts, parent: SpanContext | undefined): RequestSpan {
  const { method, route, elapsedMs } = facts;
  const attributes = { [names.method]: method, ...(route !== undefined && { [names.route]: route }) };
  const name = route === undefined ? method : `${method} ${route}`;
  // Whole milliseconds, as the end will be: a span must not end before it begins.
  const begun = elapsedMs === undefined ? {} : { startTime: Math.floor(Date.now() - elapsedMs) };
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes, ...begun }, contextOf(parent));
  return {
    run: (work) => withActiveSpan(span.spanContext(), work),
    end: (status) => {
      span.setAttribute(names.status, status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function startRun(tracer: Tracer, { runId, sessionId, attempt, traceparent }: RunFacts): Span {
  const attributes = {
    [names.operation]: 'invoke_agent',
    [names.agent]: 'task-agent',
    [names.conversation]: sessionId,
    [names.runId]: runId,
    [names.runAttempt]: attempt,
  };
  return tracer.startSpan(
    'invoke_agent task-agent',
    { kind: SpanKind.INTERNAL, attributes },
    contextOf(parseTraceparent(traceparent)),
  );
}

async function within(span: Span, work: () => Promise<WorkOutcome>): Promise<void> {
  try {
    endWork(span, await withActiveSpan(span.spanContext(), work));
  } catch (error) {
    endWork(span, 'stopped');
    throw error;
  }
}

function startModelCall(tracer: Tracer, provider: string, model: string) {
  const attributes = { [names.operation]: 'chat', [names.provider]: provider, [names.model]: model };
  const span = tracer.startSpan(`chat ${model}`, { kind: SpanKind.CLIENT, attributes }, contextOf(activeSpan()));
  return {
    end: (outcome: WorkOutcome, usage?: AnswerUsage) => {
      if (usage !== undefined)
        span.setAttributes({ [names.inputTokens]: usage.inputTokens, [names.outputTokens]: usage.outputTokens });
      endWork(span, outcome);
    },
  };
}

async function inTool<Result extends { readonly is_error: boolean }>(
  tracer: Tracer,
  { tool, callId }: ToolFacts,
  work: () => Promise<Result>,
): Promise<Result> {
  const attributes = { [names.operation]: 'execute_tool', [names.tool]: tool, [names.toolCall]: callId };
  const span = tracer.startSpan(
    `execute_tool ${tool}`,
    { kind: SpanKind.INTERNAL, attributes },
    contextOf(activeSpan()),
  );
  try {
    const result = await withActiveSpan(span.spanContext(), work);
    endWork(span, result.is_error ? 'refused' : 'ok');
    return result;
  } catch (error) {
    endWork(span, 'stopped');
    throw error;
  }
}

function contextOf(parent: SpanContext | undefined) {
  return parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
}

const goodOutcomes: ReadonlySet<WorkOutcome> = new Set(['ok', 'completed', 'cancelled']);

function endWork(span: Span, outcome: WorkOutcome): void {
  span.setAttribute(names.outcome, outcome);
  if (!goodOutcomes.has(outcome)) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
