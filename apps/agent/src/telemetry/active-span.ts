import { AsyncLocalStorage } from 'node:async_hooks';
import { type SpanContext, TraceFlags } from '@opentelemetry/api';

const active = new AsyncLocalStorage<SpanContext>();

/** The span at work here; undefined outside of one, and always while tracing is off. */
export function activeSpan(): SpanContext | undefined {
  return active.getStore();
}

/** What the work starts, however much later, belongs to this span. */
export function withActiveSpan<Result>(span: SpanContext, work: () => Result): Result {
  return active.run(span, work);
}

/** The active span as a header of W3C Trace Context, with which another process can go on. */
export function activeTraceparent(): string | undefined {
  const span = activeSpan();
  return span && `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

const traceparentForm = /^00-(?!0{32})(?<traceId>[0-9a-f]{32})-(?!0{16})(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})$/;

/** Reads such a header; one of another form is ignored, as the standard asks. */
export function parseTraceparent(text: string | undefined): SpanContext | undefined {
  const { traceId, spanId, flags } = traceparentForm.exec(text ?? '')?.groups ?? {};
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return { traceId, spanId, traceFlags, isRemote: true };
}
