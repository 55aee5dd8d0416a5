/** What an inference yields, one part at a time; the same for a live, a shared and a cached answer. */
export type AnswerPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-input-start'; readonly callId: string; readonly tool: string }
  | { readonly type: 'tool-input'; readonly callId: string; readonly text: string }
  | { readonly type: 'tool-call'; readonly call: ToolCall };

export interface ToolCall {
  readonly callId: string;
  readonly tool: string;
  /** JSON text, as the model wrote it. */
  readonly input: string;
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter';

export interface AnswerUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** A complete answer, which is also what the cache keeps. */
export interface Answer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  readonly usage: AnswerUsage;
}

/** The parts that a kept answer is streamed as. */
export function partsOfAnswer({ text, toolCalls }: Answer): readonly AnswerPart[] {
  const words = text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text]);
  return [...words.map((word): AnswerPart => ({ type: 'text', text: word })), ...toolCalls.flatMap(partsOfCall)];
}

function partsOfCall(call: ToolCall): readonly AnswerPart[] {
  return [
    { type: 'tool-input-start', callId: call.callId, tool: call.tool },
    { type: 'tool-input', callId: call.callId, text: call.input },
    { type: 'tool-call', call },
  ];
}
