import { AgentError, agentErrorCodes } from '../agent-error.ts';
import type { CacheMode } from '../cache/inference.ts';
import type { AppServices } from '../http/app-services.ts';
import type { ChatRequest } from '../http/schemas/chat-schemas.ts';
import { newId } from '../identity.ts';
import type { Answer, AnswerPart } from '../models/answer.ts';
import type { RunEvent } from '../repositories/run-event-repository.ts';
import type { RunInputMessage } from '../repositories/run-repository.ts';
import { sessionRepository } from '../repositories/session-repository.ts';
import { followRun } from '../runs/follow-run.ts';
import { runService } from '../runs/run-service.ts';
import { runTopics } from '../runs/run-signals.ts';

export interface AgentQuestion {
  readonly tenant: string;
  readonly request: ChatRequest;
  readonly cacheMode: CacheMode;
  readonly signal: AbortSignal;
}

/** Lets the agent itself answer a chat request: a durable run in a session of its own, its tools run here. */
export async function askAgent(
  services: AppServices,
  question: AgentQuestion,
): Promise<{ readonly runId: string; parts(): AsyncGenerator<AnswerPart, Answer> }> {
  const { database, signals } = services;
  const runId = await startRun(services, question);
  signals.notify(runTopics.queued);
  return { runId, parts: () => toAnswerParts(followRun(runId, 0, { database, signals, signal: question.signal })) };
}

async function startRun(
  { database, config }: AppServices,
  { tenant, request, cacheMode }: AgentQuestion,
): Promise<string> {
  const sessionId = newId();
  const run = await database.transaction(async (db) => {
    await sessionRepository.insert(db, tenant, { id: sessionId, title: 'chat completion' });
    const body = {
      input: messagesOf(request),
      max_steps: 20,
      on_disconnect: 'continue',
      multitask_strategy: 'reject',
    } as const;
    return runService.create(db, tenant, {
      sessionId,
      body: { ...body, input: [...body.input] },
      model: config.model.name,
      cacheMode,
    });
  });
  return run.id;
}

function messagesOf({ messages }: ChatRequest): readonly RunInputMessage[] {
  return messages.flatMap((message): readonly RunInputMessage[] => {
    const content =
      typeof message.content === 'string' ? message.content : (message.content ?? []).map(({ text }) => text).join('');
    if (message.role === 'tool' || content === '') return [];
    return [{ role: message.role === 'developer' ? 'system' : message.role, content }];
  });
}

/** The texts of all steps. A step that another process began again is not sent twice as far as it reads the same. */
async function* toAnswerParts(events: AsyncIterable<RunEvent>): AsyncGenerator<AnswerPart, Answer> {
  const text = new ResumableText();
  for await (const event of events) {
    if (event.type === 'run.completed') return completed(event, text.all);
    if (event.type === 'run.failed') throw failureOf(event);
    if (event.type === 'run.cancelled')
      throw new AgentError('run-finished', { subject: 'the run', value: 'cancelled' });
    if (event.type === 'step.started') text.startStep();
    const fresh = event.type === 'message.delta' ? text.add(String(event.data.text)) : '';
    if (fresh !== '') yield { type: 'text', text: fresh };
  }
  throw new AgentError('draining');
}

class ResumableText {
  #finished = '';
  #sent = '';
  #step = '';
  #isStepDone = true;

  get all(): string {
    return this.#finished + this.#sent;
  }

  startStep(): void {
    this.#step = '';
    this.#isStepDone = false;
  }

  add(text: string): string {
    this.#step += text;
    const isRepetition = this.#sent.startsWith(this.#step);
    if (isRepetition && !this.#isStepDone) return '';
    const fresh = this.#step.startsWith(this.#sent) ? this.#step.slice(this.#sent.length) : text;
    this.#sent += fresh;
    return fresh;
  }
}

function completed(event: RunEvent, text: string): Answer {
  const usage = event.data.usage;
  const tokens = (name: string) =>
    typeof usage === 'object' && usage !== null
      ? Number(Object.entries(usage).find(([key]) => key === name)?.[1] ?? 0)
      : 0;
  return {
    text,
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: tokens('input_tokens'), outputTokens: tokens('output_tokens') },
  };
}

function failureOf({ data }: RunEvent): AgentError {
  const error = data.error;
  const given = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const code = agentErrorCodes.find((known) => known === given) ?? 'internal';
  return new AgentError(code, { subject: 'the run ended' });
}
