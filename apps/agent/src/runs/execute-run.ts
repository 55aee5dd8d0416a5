import { AgentError } from '../agent-error.ts';
import type { CacheOutcome, InferenceService } from '../cache/inference.ts';
import type { Database } from '../database/database.ts';
import { derivedId } from '../identity.ts';
import type { Answer, ToolCall } from '../models/answer.ts';
import { type Message, messageRepository } from '../repositories/message-repository.ts';
import { type NewRunEvent, runEventRepository } from '../repositories/run-event-repository.ts';
import {
  type LeasedRun,
  type RunLease,
  type RunOutcome,
  type RunUsage,
  runRepository,
} from '../repositories/run-repository.ts';
import type { RecordedToolCall } from '../repositories/tool-call-repository.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { executeTool } from '../tools/execute-tool.ts';
import { taskToolDefinitions, taskTools } from '../tools/task-tools.ts';
import { weekdays } from '../weekdays.ts';
import { answerId, partsOfAnswer, progressOf, promptOf } from './conversation.ts';
import { EventWriter } from './event-writer.ts';
import { type RunSignals, runTopics } from './run-signals.ts';

export interface RunContext {
  readonly database: Database;
  readonly signals: RunSignals;
  readonly inference: InferenceService;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly now: () => Date;
}

const historyLimit = 400;

/**
 * Brings a leased run to its end. All state is read from and written to PostgreSQL, step by step and
 * fenced by the lease, so that another process can go on wherever this one stops. Returns how the run ended.
 */
export async function executeRun(
  run: LeasedRun,
  owner: string,
  context: RunContext & { readonly signal: AbortSignal },
): Promise<RunOutcome['status']> {
  const execution = new RunExecution(run, owner, context);
  try {
    await execution.start();
    const outcome = await execution.work();
    await execution.finish(outcome);
    return outcome.status;
  } finally {
    await execution.close();
  }
}

/** Ends a run that shall not be tried again: with the error that stopped it, or as cancelled without one. */
export async function endRun(
  run: LeasedRun,
  owner: string,
  context: RunContext & { readonly error: AgentError | undefined },
): Promise<void> {
  const execution = new RunExecution(run, owner, { ...context, signal: new AbortController().signal });
  const error = context.error === undefined ? null : { code: context.error.code, message: context.error.message };
  const status = error === null ? 'cancelled' : 'failed';
  await execution.finish({ status, output: null, error });
}

class RunExecution {
  readonly #run: LeasedRun;
  readonly #lease: RunLease;
  readonly #context: RunContext & { readonly signal: AbortSignal };
  readonly #events: EventWriter;

  constructor(run: LeasedRun, owner: string, context: RunContext & { readonly signal: AbortSignal }) {
    this.#run = run;
    this.#lease = { runId: run.id, attempt: run.attempt, owner };
    this.#context = context;
    this.#events = new EventWriter(context.database, context.signals, this.#lease);
  }

  async start(): Promise<void> {
    const { attempt, input } = this.#run;
    this.#events.add({ type: attempt === 1 ? 'run.started' : 'run.resumed', data: { attempt } });
    for (const [index, { role, content }] of input.messages.entries()) {
      const id = derivedId(this.#run.id, 'input', index);
      await this.#held(
        messageRepository.insert(this.#context.database, this.#lease, {
          id,
          role,
          content: [{ type: 'text', text: content }],
        }),
      );
    }
  }

  async work(): Promise<RunOutcome> {
    try {
      return await this.#steps();
    } catch (error) {
      if (this.#context.signal.aborted || !(error instanceof AgentError) || !isFinalFailure(error)) throw error;
      return { status: 'failed', output: null, error: { code: error.code, message: error.message } };
    }
  }

  async finish(outcome: RunOutcome): Promise<void> {
    await this.#events.flush();
    const { database, signals, metrics } = this.#context;
    await database.transaction(async (transaction) => {
      const usage = await this.#held(runRepository.finish(transaction, this.#lease, outcome));
      const entry = { runId: this.#run.id, event: finalEvent(outcome, usage) };
      await runEventRepository.appendUnleased(transaction, this.#run.tenant_id, entry);
    });
    metrics.runsFinished.inc({ status: outcome.status });
    signals.notify(runTopics.events(this.#run.id));
    signals.notify(runTopics.queued);
  }

  close(): Promise<void> {
    return this.#events.discard();
  }

  async #steps(): Promise<RunOutcome> {
    for (;;) {
      this.#context.signal.throwIfAborted();
      const messages = await this.#history();
      const { steps, pendingCalls, output } = progressOf(messages, this.#run);
      if (output !== undefined) return { status: 'completed', output, error: null };
      if (pendingCalls.length > 0) await this.#callTools(steps, pendingCalls);
      else if (steps < this.#run.input.options.maxSteps) await this.#ask(steps + 1, messages);
      else throw new AgentError('step-limit', { allowed: this.#run.input.options.maxSteps });
    }
  }

  #history(): Promise<readonly Message[]> {
    const { session_id: sessionId, tenant_id: tenant } = this.#run;
    return messageRepository.list(this.#context.database, tenant, { sessionId, limit: historyLimit });
  }

  async #ask(step: number, messages: readonly Message[]): Promise<void> {
    this.#events.add({ type: 'step.started', data: { step } });
    const inference = await this.#context.inference.infer({
      tenant: this.#run.tenant_id,
      call: { prompt: promptOf(messages, systemPrompt(this.#context.now())), tools: [...taskToolDefinitions] },
      cacheMode: this.#run.input.options.cacheMode,
      signal: this.#context.signal,
    });
    const parts = inference.parts();
    let next = await parts.next();
    for (; !next.done; next = await parts.next()) {
      if (next.value.type === 'text')
        this.#events.add({ type: 'message.delta', data: { step, text: next.value.text } });
    }
    await this.#recordAnswer(step, next.value, inference.outcome);
  }

  async #recordAnswer(step: number, answer: Answer, cache: CacheOutcome): Promise<void> {
    await this.#events.flush();
    const content = partsOfAnswer({ ...answer, toolCalls: distinct(answer.toolCalls) });
    const event = {
      type: 'step.finished',
      data: { step, cache: cache.toLowerCase(), finish_reason: answer.finishReason, usage: usageOf(answer) },
    };
    await this.#context.database.transaction(async (transaction) => {
      const id = answerId(this.#run.id, step);
      await this.#held(messageRepository.insert(transaction, this.#lease, { id, role: 'assistant', content }));
      await this.#held(runEventRepository.append(transaction, this.#lease, [event]));
    });
    this.#context.signals.notify(runTopics.events(this.#run.id));
  }

  async #callTools(step: number, calls: readonly ToolCall[]): Promise<void> {
    for (const call of calls) {
      this.#context.signal.throwIfAborted();
      this.#events.add({ type: 'tool.call', data: { step, call_id: call.callId, tool: call.tool, input: call.input } });
      await this.#events.flush();
      await this.#callTool(step, call);
    }
  }

  async #callTool(step: number, call: ToolCall): Promise<void> {
    const { metrics, signals, tracing } = this.#context;
    const tool = Object.hasOwn(taskTools, call.tool) ? call.tool : 'unknown';
    const outcome = await tracing.inTool({ tool, callId: call.callId }, () => this.#executeTool(step, call));
    metrics.toolCalls.inc({ tool, outcome: outcome.is_error ? 'error' : 'ok' });
    signals.notify(runTopics.events(this.#run.id));
  }

  #executeTool(step: number, call: ToolCall): Promise<RecordedToolCall> {
    return executeTool(this.#context.database, {
      lease: this.#lease,
      tenant: this.#run.tenant_id,
      step,
      call,
      record: async (transaction, { result, is_error: isError }) => {
        const part = {
          type: 'tool-result' as const,
          toolCallId: call.callId,
          toolName: call.tool,
          output: result,
          isError,
          step,
        };
        const id = derivedId(this.#run.id, 'result', step, call.callId);
        await this.#held(messageRepository.insert(transaction, this.#lease, { id, role: 'tool', content: [part] }));
        const data = { step, call_id: call.callId, tool: call.tool, result, is_error: isError };
        await this.#held(runEventRepository.append(transaction, this.#lease, [{ type: 'tool.result', data }]));
      },
    });
  }

  /** Every fenced write says whether the lease still held; if not, nothing of this attempt counts any more. */
  async #held<Result>(write: Promise<Result | false | undefined>): Promise<Result> {
    const result = await write;
    if (result === false || result === undefined) throw new AgentError('lease-lost', { value: this.#run.id });
    return result;
  }
}

/** What would fail again in the same way; a lost lease or an absent database is a matter for the next attempt. */
function isFinalFailure({ code }: AgentError): boolean {
  return code !== 'lease-lost' && code !== 'database-unavailable';
}

function finalEvent({ status, output, error }: RunOutcome, usage: RunUsage): NewRunEvent {
  return {
    type: `run.${status}`,
    data: { ...(output !== null && { output }), ...(error !== null && { error }), usage },
  };
}

function systemPrompt(now: Date): string {
  const weekday = weekdays[now.getUTCDay()];
  return `You manage the tasks of one user with the tools you are given. Find a task with list_tasks before you change it. Answer briefly. Today is ${now.toISOString().slice(0, 10)}, a ${weekday}.`;
}

/** Some endpoints repeat a call id within one answer; a repeated id would be taken for the same call. */
function distinct(calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.map((call, index) => {
    const isRepeated = calls.findIndex(({ callId }) => callId === call.callId) !== index;
    return isRepeated || call.callId === '' ? { ...call, callId: `${call.callId}#${index}` } : call;
  });
}

function usageOf({ usage }: Answer) {
  return { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens };
}
