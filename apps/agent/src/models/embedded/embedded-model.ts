import { createHash } from 'node:crypto';
import type { ChatModel, ModelCall, ModelMessage, ModelPrompt, ModelStreamPart } from '../language-model.ts';
import { parseRequests } from './parse-requests.ts';
import { planTurn, type ToolResult, type Turn } from './plan-turn.ts';

/** A deterministic model that understands requests about tasks: everything works with no key and no network. */
export function createEmbeddedModel(modelId: string, today: () => string): ChatModel {
  return {
    specificationVersion: 'v4',
    provider: 'embedded',
    modelId,
    supportedUrls: {},
    doGenerate: async (call) => generated(respond(call, today())),
    doStream: async (call) => ({ stream: ReadableStream.from(streamed(respond(call, today()))) }),
  };
}

interface Response {
  readonly turn: Turn;
  readonly callId: string;
  readonly usage: Usage;
}

type Usage = Extract<ModelStreamPart, { type: 'finish' }>['usage'];
type Generated = Awaited<ReturnType<ChatModel['doGenerate']>>;

function respond(call: ModelCall, today: string): Response {
  const turn = nextTurn(call, today);
  const text = turn.kind === 'answer' ? turn.text : JSON.stringify(turn.input);
  return { turn, callId: callIdOf(call.prompt), usage: usageOf(call.prompt, text) };
}

function nextTurn({ prompt, tools, toolChoice }: ModelCall, today: string): Turn {
  const lastUser = prompt.findLastIndex(({ role }) => role === 'user');
  const message = textOf(prompt[lastUser]);
  const requests = parseRequests(message, dayIn(prompt) ?? today);
  if (requests.length === 0) return { kind: 'answer', text: smallTalk(message) };
  const offered = toolChoice?.type === 'none' ? [] : (tools ?? []).map(({ name }) => name);
  return planTurn(requests, resultsAfter(prompt, lastUser), offered);
}

function smallTalk(message: string): string {
  const greeting = /^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/i.test(message) ? 'Hello. ' : '';
  return `${greeting}I keep your tasks. Try “add a task: book the venue by Friday”, “show my open tasks” or “complete book the venue”.`;
}

/** The day that the system message states, so that an answer does not depend on the clock; clients write it, too. */
function dayIn(prompt: ModelPrompt): string | undefined {
  const system = prompt.find(({ role }) => role === 'system');
  const day = /\bToday is (\d{4}-\d{2}-\d{2})/.exec(textOf(system))?.[1];
  return day === undefined || Number.isNaN(Date.parse(day)) ? undefined : day;
}

function textOf(message: ModelMessage | undefined): string {
  if (message === undefined) return '';
  if (typeof message.content === 'string') return message.content;
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function resultsAfter(prompt: ModelPrompt, index: number): readonly ToolResult[] {
  return prompt
    .slice(index + 1)
    .flatMap((message) => (message.role === 'tool' ? message.content.flatMap(toResult) : []));
}

type ToolPart = Extract<ModelMessage, { role: 'tool' }>['content'][number];

function toResult(part: ToolPart): readonly ToolResult[] {
  if (part.type !== 'tool-result') return [];
  const { output } = part;
  const value = 'value' in output ? output.value : {};
  return [
    {
      tool: part.toolName,
      output: typeof value === 'string' ? parsed(value) : value,
      isError: output.type.startsWith('error'),
    },
  ];
}

/** OpenAI clients send the results of tools as text that holds JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function callIdOf(prompt: ModelPrompt): string {
  return `call_${createHash('sha256').update(JSON.stringify(prompt)).digest('hex').slice(0, 24)}`;
}

/** Four characters a token: close enough for a model that costs nothing. */
function usageOf(prompt: ModelPrompt, text: string): Usage {
  const input = Math.ceil(JSON.stringify(prompt).length / 4);
  const output = Math.ceil(text.length / 4);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  };
}

function generated({ turn, callId, usage }: Response): Generated {
  const content: Generated['content'] =
    turn.kind === 'answer'
      ? [{ type: 'text', text: turn.text }]
      : [{ type: 'tool-call', toolCallId: callId, toolName: turn.tool, input: JSON.stringify(turn.input) }];
  return { content, finishReason: finishOf(turn), usage, warnings: [] };
}

function* streamed({ turn, callId, usage }: Response): Generator<ModelStreamPart> {
  yield { type: 'stream-start', warnings: [] };
  yield* turn.kind === 'answer' ? textParts(turn.text) : callParts(turn, callId);
  yield { type: 'finish', finishReason: finishOf(turn), usage };
}

function* textParts(text: string): Generator<ModelStreamPart> {
  yield { type: 'text-start', id: 'text' };
  for (const delta of text.match(/\s*\S+\s*/g) ?? []) yield { type: 'text-delta', id: 'text', delta };
  yield { type: 'text-end', id: 'text' };
}

function* callParts({ tool, input }: Extract<Turn, { kind: 'call' }>, id: string): Generator<ModelStreamPart> {
  const text = JSON.stringify(input);
  yield { type: 'tool-input-start', id, toolName: tool };
  yield { type: 'tool-input-delta', id, delta: text };
  yield { type: 'tool-input-end', id };
  yield { type: 'tool-call', toolCallId: id, toolName: tool, input: text };
}

function finishOf(turn: Turn) {
  return turn.kind === 'answer'
    ? { unified: 'stop' as const, raw: 'stop' }
    : { unified: 'tool-calls' as const, raw: 'tool_calls' };
}
