import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { AnswerUsage } from '../models/answer.ts';

/** Names of the GenAI conventions, which are still in development: kept in this one module. */
const names = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  model: 'gen_ai.request.model',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  outcome: 'task_api.outcome',
} as const;

export interface Tracing {
  startModelCall(provider: string, model: string): { end(outcome: string, usage?: AnswerUsage): void };
  /** Sends what is left, for a bounded time. */
  close(): Promise<void>;
}

/** Traces without any content of prompts or answers; none at all without an endpoint. */
export function createTracing(endpoint: URL | undefined): Tracing {
  if (endpoint === undefined) return noTracing;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.href.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 2000 });
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer('task-api');
  return {
    startModelCall: (providerName, model) => {
      const span = tracer.startSpan(`chat ${model}`, {
        attributes: { [names.operation]: 'chat', [names.provider]: providerName, [names.model]: model },
      });
      return { end: (outcome, usage) => endModelCall(span, outcome, usage) };
    },
    close: async () => {
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, 2000).unref()),
      ]);
      trace.disable();
    },
  };
}

const noTracing: Tracing = {
  startModelCall: () => ({ end: () => undefined }),
  close: async () => undefined,
};

function endModelCall(span: Span, outcome: string, usage: AnswerUsage | undefined): void {
  span.setAttribute(names.outcome, outcome);
  if (usage !== undefined)
    span.setAttributes({ [names.inputTokens]: usage.inputTokens, [names.outputTokens]: usage.outputTokens });
  if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
