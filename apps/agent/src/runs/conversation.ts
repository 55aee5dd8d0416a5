import { derivedId } from '../identity.ts';
import type { Answer, ToolCall } from '../models/answer.ts';
import type { ModelMessage, ModelPrompt } from '../models/language-model.ts';
import type { Message, MessagePart } from '../repositories/message-repository.ts';
import type { LeasedRun } from '../repositories/run-repository.ts';

/** Where a run stands, read from its messages alone, so that any process can go on with it. */
export interface RunProgress {
  /** Answers of the model that are recorded for this run. */
  readonly steps: number;
  /** Calls of the last answer that have no result yet. */
  readonly pendingCalls: readonly ToolCall[];
  /** The final text, once the last answer asks for no tool. */
  readonly output: string | undefined;
}

export function progressOf(messages: readonly Message[], run: Pick<LeasedRun, 'id' | 'input'>): RunProgress {
  const { step, answer } = lastAnswer(messages, run);
  const calls = answer?.content.flatMap(callOf) ?? [];
  const done = new Set(
    messages.flatMap(({ run_id: runId, role, content }) =>
      runId === run.id && role === 'tool' ? content.map((part) => `${part.step}:${part.toolCallId}`) : [],
    ),
  );
  const pendingCalls = calls.filter(({ callId }) => !done.has(`${step}:${callId}`));
  return {
    steps: step,
    pendingCalls,
    output: answer !== undefined && calls.length === 0 ? textOf(answer) : undefined,
  };
}

/** What a step says is recorded under this id: by it alone is an answer told from what the client has brought along. */
export function answerId(runId: string, step: number): string {
  return derivedId(runId, 'answer', step);
}

interface RecordedAnswer {
  readonly step: number;
  readonly answer?: Message;
}

/** Looked for from the last step on, since the first ones may lie before the part of the history that was read. */
function lastAnswer(messages: readonly Message[], { id, input }: Pick<LeasedRun, 'id' | 'input'>): RecordedAnswer {
  const said = messages.filter(({ run_id: runId, role }) => runId === id && role === 'assistant');
  const byId = new Map(said.map((message) => [message.id, message]));
  for (let step = said.length === 0 ? 0 : input.options.maxSteps; step > 0; step -= 1) {
    const answer = byId.get(answerId(id, step));
    if (answer !== undefined) return { step, answer };
  }
  return { step: 0 };
}

/** The conversation as the model is shown it. */
export function promptOf(messages: readonly Message[], system: string): ModelPrompt {
  return [{ role: 'system', content: system }, ...fromFirstQuestion(messages).map(toModelMessage)];
}

/** The history was cut to its newest part: a result without its call would be refused by every endpoint. */
function fromFirstQuestion(messages: readonly Message[]): readonly Message[] {
  const start = messages.findIndex(({ role }) => role === 'user' || role === 'system');
  return start === -1 ? [] : messages.slice(start);
}

export function partsOfAnswer({ text, toolCalls }: Answer): readonly MessagePart[] {
  const calls = toolCalls.map(
    ({ callId, tool, input }): MessagePart => ({ type: 'tool-call', toolCallId: callId, toolName: tool, input }),
  );
  return text === '' && calls.length > 0 ? calls : [{ type: 'text', text }, ...calls];
}

function toModelMessage({ role, content }: Message): ModelMessage {
  if (role === 'system') return { role, content: content.map(({ text }) => text ?? '').join('') };
  if (role === 'tool') return { role, content: content.map(toResultPart) };
  if (role === 'user') return { role, content: content.map(({ text }) => ({ type: 'text', text: text ?? '' })) };
  return { role, content: content.map(toAssistantPart) };
}

type AssistantPart = Extract<ModelMessage, { role: 'assistant' }>['content'][number];
type ToolPart = Extract<ModelMessage, { role: 'tool' }>['content'][number];

function toAssistantPart(part: MessagePart): AssistantPart {
  if (part.type === 'text') return { type: 'text', text: part.text ?? '' };
  return {
    type: 'tool-call',
    toolCallId: part.toolCallId ?? '',
    toolName: part.toolName ?? '',
    input: parsed(String(part.input ?? '{}')),
  };
}

function toResultPart({ toolCallId = '', toolName = '', output, isError }: MessagePart): ToolPart {
  // The result came out of a JSON column, so it is a JSON value.
  const value = output as Extract<Extract<ToolPart, { type: 'tool-result' }>['output'], { type: 'json' }>['value'];
  return { type: 'tool-result', toolCallId, toolName, output: { type: isError ? 'error-json' : 'json', value } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function callOf(part: MessagePart): readonly ToolCall[] {
  if (part.type !== 'tool-call') return [];
  return [{ callId: part.toolCallId ?? '', tool: part.toolName ?? '', input: String(part.input ?? '{}') }];
}

function textOf({ content }: Message): string {
  return content.map(({ text }) => text ?? '').join('');
}
