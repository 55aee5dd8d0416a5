import { z } from 'zod';
import { AgentError, agentErrorCodes } from '../agent-error.ts';
import type { CacheMode } from '../cache/inference.ts';
import type { Queryable } from '../database/database.ts';
import type { AppServices } from '../http/app-services.ts';
import { type KeyedRun, runOfKey } from '../http/run-of-key.ts';
import type { ChatRequest } from '../http/schemas/chat-schemas.ts';
import { newId } from '../identity.ts';
import type { Answer, AnswerPart } from '../models/answer.ts';
import type { IdempotencyClaim } from '../repositories/idempotency-repository.ts';
import type { RunEvent } from '../repositories/run-event-repository.ts';
import type { Run, RunInputMessage } from '../repositories/run-repository.ts';
import { sessionRepository } from '../repositories/session-repository.ts';
import { type FollowOptions, followRun } from '../runs/follow-run.ts';
import { runService } from '../runs/run-service.ts';
import { runTopics } from '../runs/run-signals.ts';
import { ResumableText } from './resumable-text.ts';

export interface AgentQuestion {
  readonly tenant: string;
  readonly request: ChatRequest;
  readonly cacheMode: CacheMode;
  /** Of the request's key, for which one run is started and no more. */
  readonly claim: IdempotencyClaim | undefined;
}

/** Has the agent itself answer a chat request: by a durable run in a session of its own, its tools run here. */
export async function askAgent({ database, config, signals }: AppServices, question: AgentQuestion): Promise<KeyedRun> {
  const create = (db: Queryable) => createRun(db, config.model.name, question);
  const { claim } = question;
  const keyed =
    claim === undefined
      ? { state: 'created' as const, run: await database.transaction(create) }
      : await runOfKey(database, claim, create);
  if (keyed.state === 'created') signals.notify(runTopics.queued);
  return keyed;
}

async function createRun(db: Queryable, model: string, { tenant, request, cacheMode }: AgentQuestion): Promise<Run> {
  const sessionId = newId();
  await sessionRepository.insert(db, tenant, { id: sessionId, title: 'chat completion' });
  const options = { max_steps: 20, on_disconnect: 'continue', multitask_strategy: 'reject' } as const;
  const body = { ...options, input: [...messagesOf(request)] };
  return (await runService.create(db, tenant, { sessionId, body, model, cacheMode })).run;
}

function messagesOf({ messages }: ChatRequest): readonly RunInputMessage[] {
  return messages.flatMap((message): readonly RunInputMessage[] => {
    const content =
      typeof message.content === 'string' ? message.content : (message.content ?? []).map(({ text }) => text).join('');
    if (message.role === 'tool' || content === '') return [];
    return [{ role: message.role === 'developer' ? 'system' : message.role, content }];
  });
}

/**
 * What a run says, from its beginning: the texts of all steps. A step that another process began again is not sent twice
 * as far as it reads the same.
 */
export async function* answerOfRun(runId: string, options: FollowOptions): AsyncGenerator<AnswerPart, Answer> {
  const text = new ResumableText();
  for await (const event of followRun(runId, 0, options)) {
    if (event.type === 'run.completed') return completed(event, text.all);
    if (event.type === 'run.failed') throw failureOf(event);
    if (event.type === 'run.cancelled')
      throw new AgentError('run-finished', { subject: 'the run', value: 'cancelled' });
    if (event.type === 'step.started') text.startStep();
    if (event.type === 'step.finished') text.finishStep();
    const fresh = event.type === 'message.delta' ? text.add(String(event.data.text)) : '';
    if (fresh !== '') yield { type: 'text', text: fresh };
  }
  throw whyUnfinished(runId, options.signal);
}

function whyUnfinished(runId: string, { aborted, reason }: AbortSignal): AgentError {
  if (!aborted) return new AgentError('not-found', { subject: 'run', value: runId });
  return reason instanceof AgentError ? reason : new AgentError('draining');
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

const recordedError = z.object({ code: z.enum(agentErrorCodes), message: z.string() });

/** A newer release may know codes that this one does not. */
function failureOf({ data }: RunEvent): AgentError {
  const { data: error } = recordedError.safeParse(data.error);
  return error === undefined ? new AgentError('internal') : new AgentError(error.code, { recorded: error.message });
}
