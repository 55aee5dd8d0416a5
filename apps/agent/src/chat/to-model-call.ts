import type { ChatMessage, ChatRequest } from '../http/schemas/chat-schemas.ts';
import type { ModelCall, ModelMessage, ModelTool } from '../models/language-model.ts';

/** The request as the model port takes it. */
export function toModelCall(request: ChatRequest): Omit<ModelCall, 'abortSignal'> {
  const maxOutputTokens = request.max_completion_tokens ?? request.max_tokens;
  const stop = typeof request.stop === 'string' ? [request.stop] : request.stop;
  return {
    prompt: toPrompt(request.messages),
    ...present('maxOutputTokens', maxOutputTokens),
    ...present('temperature', request.temperature),
    ...present('topP', request.top_p),
    ...present('presencePenalty', request.presence_penalty),
    ...present('frequencyPenalty', request.frequency_penalty),
    ...present('stopSequences', stop),
    ...present('seed', request.seed),
    ...present('tools', request.tools?.map(toTool)),
    ...present('toolChoice', toToolChoice(request.tool_choice)),
  };
}

function present<Key extends string, Value>(
  key: Key,
  value: Value | null | undefined,
): { readonly [Name in Key]?: Value } {
  // A computed key widens to an index signature.
  return (value === null || value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: Value };
}

function toPrompt(messages: readonly ChatMessage[]): ModelMessage[] {
  const names = new Map(messages.flatMap(callNames));
  return messages.map((message) => toModelMessage(message, names));
}

function callNames(message: ChatMessage): readonly (readonly [string, string])[] {
  return message.role === 'assistant'
    ? (message.tool_calls ?? []).map((call) => [call.id, call.function.name] as const)
    : [];
}

function toModelMessage(message: ChatMessage, names: ReadonlyMap<string, string>): ModelMessage {
  if (message.role === 'user') return { role: 'user', content: [{ type: 'text', text: textOf(message.content) }] };
  if (message.role === 'assistant') return { role: 'assistant', content: toAssistantParts(message) };
  if (message.role !== 'tool') return { role: 'system', content: textOf(message.content) };
  const output = { type: 'text' as const, value: textOf(message.content) };
  const toolCallId = message.tool_call_id;
  return {
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId, toolName: names.get(toolCallId) ?? 'unknown', output }],
  };
}

type AssistantParts = Extract<ModelMessage, { role: 'assistant' }>['content'];

function toAssistantParts({
  content,
  tool_calls: calls = [],
}: Extract<ChatMessage, { role: 'assistant' }>): AssistantParts {
  const text = textOf(content ?? '');
  const parts: AssistantParts = text === '' ? [] : [{ type: 'text', text }];
  return [
    ...parts,
    ...calls.map((call) => ({
      type: 'tool-call' as const,
      toolCallId: call.id,
      toolName: call.function.name,
      input: parsed(call.function.arguments),
    })),
  ];
}

function toTool({ function: { name, description, parameters } }: NonNullable<ChatRequest['tools']>[number]): ModelTool {
  // The endpoint judges the schema; to us it is any JSON object.
  const inputSchema = (parameters ?? { type: 'object', properties: {} }) as ModelTool['inputSchema'];
  return { type: 'function', name, inputSchema, ...present('description', description) };
}

function toToolChoice(choice: ChatRequest['tool_choice']): ModelCall['toolChoice'] {
  if (choice === undefined) return undefined;
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.function.name };
}

function textOf(content: NonNullable<Extract<ChatMessage, { role: 'assistant' }>['content']>): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
