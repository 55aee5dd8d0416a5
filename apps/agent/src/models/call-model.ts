import { setTimeout as sleep } from 'node:timers/promises';
import { AgentError } from '../agent-error.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { isError } from '../is-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { Answer, AnswerPart, FinishReason, ToolCall } from './answer.ts';
import type { ChatModel, ModelCall, ModelFinish, ModelStreamPart } from './language-model.ts';

export interface ModelCallerOptions {
  readonly model: ChatModel;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly onBreakerChange: (state: 'open' | 'closed') => void;
  /** Told about every call that the endpoint failed or refused, with what may be said of the reason. */
  readonly onFailure: (failure: AgentError) => void;
}

/**
 * How the endpoint is asked to answer: in parts as they come, for callers who pass them on, or as a whole, which costs
 * both sides a fraction of it.
 */
export type Delivery = 'parts' | 'whole';

/** Calls the model once for a caller: parts as they come, the complete answer at the end. */
export type CallModel = (call: ModelCall, delivery: Delivery) => AsyncGenerator<AnswerPart, Answer>;

/** Retries with jitter until the first part, one deadline over everything, and a pause after repeated failure. */
export function createModelCaller(options: ModelCallerOptions): CallModel {
  const breaker = new CircuitBreaker({
    threshold: 5,
    pauseMs: 5000,
    now: () => Date.now(),
    onChange: options.onBreakerChange,
  });
  return async function* callModel(call, delivery) {
    if (!breaker.admits()) throw new AgentError('model-unavailable');
    const deadline = AbortSignal.timeout(options.timeoutMs);
    const abortSignal = call.abortSignal === undefined ? deadline : AbortSignal.any([call.abortSignal, deadline]);
    const observed = observe(options);
    try {
      const answer = yield* observed.parts(deliveries[delivery]({ ...call, abortSignal }, options));
      breaker.succeed();
      observed.end('ok', answer);
      return answer;
    } catch (error) {
      const failure = toAgentError(error, { deadline, call, timeoutMs: options.timeoutMs });
      if (isOfEndpoint(failure)) {
        breaker[breakerEffects[failure.code]]();
        options.onFailure(failure);
      }
      observed.end(outcomeOf(failure));
      throw failure;
    }
  };
}

type Deliver = (call: ModelCall, options: ModelCallerOptions) => AsyncGenerator<AnswerPart, Answer>;

const deliveries: Readonly<Record<Delivery, Deliver>> = {
  parts: async function* answerInParts(call, options) {
    const open = async () => startedStream((await options.model.doStream(call)).stream);
    const collected = new CollectedAnswer();
    for await (const part of await attempted(open, call, options)) {
      const known = collected.add(part);
      if (known !== undefined) yield known;
    }
    return collected.complete();
  },
  whole: async function* answerAsWhole(call, options) {
    const { content, finishReason, usage } = await attempted(() => options.model.doGenerate(call), call, options);
    const collected = new CollectedAnswer();
    for (const part of content.flatMap(toStreamPart)) {
      const known = collected.add(part);
      if (known !== undefined) yield known;
    }
    collected.add({ type: 'finish', finishReason, usage });
    return collected.complete();
  },
};

type Content = Awaited<ReturnType<ChatModel['doGenerate']>>['content'][number];

/** Reasoning, sources and files are of no use to our callers. */
function toStreamPart(part: Content): readonly ModelStreamPart[] {
  if (part.type === 'text') return [{ type: 'text-delta', id: 'text', delta: part.text }];
  return part.type === 'tool-call' ? [part] : [];
}

/** Only a call that has yielded nothing may be repeated: parts that were sent cannot be taken back. */
async function attempted<Result>(
  work: () => PromiseLike<Result>,
  call: ModelCall,
  options: ModelCallerOptions,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= options.maxAttempts || !isRetryable(error) || call.abortSignal?.aborted) throw error;
      options.metrics.modelRetries.inc();
      await sleep(backoffMs(attempt, error), undefined, call.abortSignal && { signal: call.abortSignal });
    }
  }
}

/** Waits for the first part that says something, so that an endpoint that fails at once is tried again. */
async function startedStream(stream: ReadableStream<ModelStreamPart>): Promise<AsyncIterable<ModelStreamPart>> {
  const iterator = stream[Symbol.asyncIterator]();
  const head: ModelStreamPart[] = [];
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) break;
    if (value.type === 'error') throw value.error;
    head.push(value);
    if (!silentParts.has(value.type)) break;
  }
  return resumed(head, iterator);
}

const silentParts = new Set(['stream-start', 'response-metadata', 'ping', 'raw']);

async function* resumed(
  head: readonly ModelStreamPart[],
  iterator: AsyncIterator<ModelStreamPart>,
): AsyncGenerator<ModelStreamPart> {
  try {
    yield* head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

class CollectedAnswer {
  #text = '';
  readonly #toolCalls: ToolCall[] = [];
  #finish: ModelFinish | undefined;

  add(part: ModelStreamPart): AnswerPart | undefined {
    if (part.type === 'error') throw part.error;
    if (part.type === 'finish') this.#finish = part;
    if (part.type === 'text-delta') return this.#addText(part.delta);
    if (part.type === 'tool-input-start') return { type: 'tool-input-start', callId: part.id, tool: part.toolName };
    if (part.type === 'tool-input-delta') return { type: 'tool-input', callId: part.id, text: part.delta };
    if (part.type === 'tool-call')
      return this.#addCall({ callId: part.toolCallId, tool: part.toolName, input: part.input });
    return undefined;
  }

  complete(): Answer {
    const finish = this.#finish;
    const finishReason = finish && finishReasons[finish.finishReason.unified];
    if (finish === undefined || finishReason === undefined) throw new AgentError('model-truncated');
    const usage = {
      inputTokens: finish.usage.inputTokens.total ?? 0,
      outputTokens: finish.usage.outputTokens.total ?? 0,
    };
    return { text: this.#text, toolCalls: this.#toolCalls, finishReason, usage };
  }

  #addText(text: string): AnswerPart | undefined {
    this.#text += text;
    return text === '' ? undefined : { type: 'text', text };
  }

  #addCall(call: ToolCall): AnswerPart {
    this.#toolCalls.push(call);
    return { type: 'tool-call', call };
  }
}

const finishReasons: Readonly<Record<ModelFinish['finishReason']['unified'], FinishReason | undefined>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool-calls',
  'content-filter': 'content-filter',
  error: undefined,
  interrupted: undefined,
  other: 'stop',
};

function isRetryable(error: unknown): boolean {
  if (error instanceof AgentError) return false;
  if (typeof error === 'object' && error !== null && 'isRetryable' in error) return error.isRetryable === true;
  return error instanceof TypeError || (isError(error) && 'code' in error);
}

/** Full jitter: callers that failed together do not come back together. `Retry-After` is obeyed up to 10 s. */
function backoffMs(attempt: number, error: unknown): number {
  const asked = retryAfterMs(error);
  return asked ?? Math.random() * Math.min(250 * 2 ** attempt, 4000);
}

function retryAfterMs(error: unknown): number | undefined {
  const headers =
    typeof error === 'object' && error !== null && 'responseHeaders' in error ? error.responseHeaders : undefined;
  const value =
    typeof headers === 'object' && headers !== null && 'retry-after' in headers
      ? Number(headers['retry-after'])
      : Number.NaN;
  return Number.isFinite(value) ? Math.min(Math.max(value, 0) * 1000, 10_000) : undefined;
}

interface FailureContext {
  readonly deadline: AbortSignal;
  readonly call: ModelCall;
  readonly timeoutMs: number;
}

/** Never repeats what the endpoint said: its text may quote the request or the key. */
function toAgentError(error: unknown, { deadline, call, timeoutMs }: FailureContext): unknown {
  if (error instanceof AgentError || call.abortSignal?.aborted) return error;
  if (deadline.aborted) return new AgentError('model-timeout', { allowed: timeoutMs }, { cause: redactedCause(error) });
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : undefined;
  const cause = redactedCause(error);
  if (status !== undefined && refusals.has(status))
    return new AgentError('model-refused', { value: status }, { cause });
  const subject =
    status === undefined ? 'the connection broke or the answer was no valid one' : 'it answered with an error';
  return new AgentError('model-failed', { subject, value: status }, { cause });
}

/** Statuses by which an endpoint finds fault with what a request says, such as its length; all others are its own. */
const refusals: ReadonlySet<number> = new Set([400, 413, 422]);

/** Names and codes of an error and of what caused it: `AI_APICallError: TypeError: Error ENOTFOUND`. */
function redactedCause(error: unknown): Error {
  const reasons: string[] = [];
  for (let cause = error; isError(cause) && reasons.length < causesTold; cause = cause.cause)
    reasons.push('code' in cause && typeof cause.code === 'string' ? `${cause.name} ${cause.code}` : cause.name);
  return new Error(reasons.join(': ') || 'stream error');
}

const causesTold = 5;

/** Who refuses a request answers: one client's requests must not end the service for all others. */
const breakerEffects = {
  'model-failed': 'fail',
  'model-timeout': 'fail',
  'model-truncated': 'fail',
  'model-refused': 'succeed',
} as const;

function isOfEndpoint(error: unknown): error is AgentError & { readonly code: keyof typeof breakerEffects } {
  return error instanceof AgentError && Object.hasOwn(breakerEffects, error.code);
}

function outcomeOf(error: unknown): string {
  return error instanceof AgentError ? error.code : 'aborted';
}

/** A caller that left is not the endpoint's fault, so it counts as neither error nor timeout. */
const countedOutcomes: Readonly<Record<string, string>> = {
  ok: 'success',
  aborted: 'success',
  'model-timeout': 'timeout',
};

function observe({ metrics, tracing, model }: ModelCallerOptions) {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const span = tracing.startModelCall(model.provider, model.modelId);
  return {
    parts: async function* (parts: AsyncGenerator<AnswerPart, Answer>): AsyncGenerator<AnswerPart, Answer> {
      let isFirst = true;
      for (let next = await parts.next(); ; next = await parts.next()) {
        if (next.done) return next.value;
        if (isFirst) metrics.modelFirstPart.observe(seconds());
        isFirst = false;
        yield next.value;
      }
    },
    end: (outcome: string, answer?: Answer) => {
      metrics.modelCalls.inc({ outcome: countedOutcomes[outcome] ?? 'error' });
      metrics.modelDuration.observe(seconds());
      metrics.modelTokens.inc({ direction: 'input' }, answer?.usage.inputTokens ?? 0);
      metrics.modelTokens.inc({ direction: 'output' }, answer?.usage.outputTokens ?? 0);
      span.end(outcome, answer?.usage);
    },
  };
}
