import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer, AnswerPart, FinishReason } from '../models/answer.ts';
import type { Run } from '../repositories/run-repository.ts';

/** What identifies one completion in all its chunks. */
export interface CompletionHead {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** Of a completion that begins now. */
export function newCompletionHead(model: string): CompletionHead {
  return { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
}

/** Of the completion that a run answers, the same however often that is asked for. */
export function completionHeadOf({ id, created_at: createdAt }: Run, model: string): CompletionHead {
  return { id: `chatcmpl-${id}`, created: Math.floor(Date.parse(createdAt) / 1000), model };
}

/** The whole completion as JSON text. */
export function formatCompletion(head: CompletionHead, answer: Answer): string {
  const calls = answer.toolCalls.map(({ callId, tool, input }) => ({
    id: callId,
    type: 'function',
    function: { name: tool, arguments: input },
  }));
  const message = {
    role: 'assistant',
    content: answer.text === '' && calls.length > 0 ? null : answer.text,
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const choice = { index: 0, message, logprobs: null, finish_reason: finishReasons[answer.finishReason] };
  return JSON.stringify({
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: [choice],
    usage: usageOf(answer),
  });
}

const ownCompletion = z.object({
  choices: z.tuple([
    z.object({
      message: z.object({
        content: z.string().nullable(),
        tool_calls: z
          .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
          .default([]),
      }),
      finish_reason: z.enum(['stop', 'length', 'tool_calls', 'content_filter']),
    }),
  ]),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }),
});

/** The answer of which {@link formatCompletion} has made this text. @throws {ZodError} when it was another text */
export function parseCompletion(text: string): Answer {
  const { choices, usage } = ownCompletion.parse(JSON.parse(text));
  const [{ message, finish_reason: reason }] = choices;
  return {
    text: message.content ?? '',
    toolCalls: message.tool_calls.map(({ id, function: { name, arguments: input } }) => ({
      callId: id,
      tool: name,
      input,
    })),
    finishReason: ownReasons[reason],
    usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens },
  };
}

/** Turns the parts of one answer into chunks; tool calls are numbered in the order they appear. */
export class ChunkFormatter {
  readonly #head: CompletionHead;
  readonly #calls = new Map<string, { readonly index: number; hasInput: boolean }>();

  constructor(head: CompletionHead) {
    this.#head = head;
  }

  first(): string {
    return this.#chunk({ role: 'assistant', content: '' });
  }

  part(part: AnswerPart): string | undefined {
    if (part.type === 'text') return this.#chunk({ content: part.text });
    if (part.type === 'tool-input-start') return this.#startCall(part.callId, part.tool);
    if (part.type === 'tool-input') return this.#addInput(part.callId, part.text);
    return this.#wholeCall(part.call);
  }

  last(finishReason: FinishReason): string {
    return this.#chunk({}, finishReasons[finishReason]);
  }

  usage(answer: Pick<Answer, 'usage'>): string {
    return JSON.stringify({ ...this.#base(), choices: [], usage: usageOf(answer) });
  }

  #startCall(callId: string, tool: string): string {
    const index = this.#calls.size;
    this.#calls.set(callId, { index, hasInput: false });
    return this.#chunk({
      tool_calls: [{ index, id: callId, type: 'function', function: { name: tool, arguments: '' } }],
    });
  }

  #addInput(callId: string, text: string): string | undefined {
    const call = this.#calls.get(callId);
    if (call === undefined) return undefined;
    call.hasInput = true;
    return this.#chunk({ tool_calls: [{ index: call.index, function: { arguments: text } }] });
  }

  /** A call that came in pieces has been sent already. */
  #wholeCall({ callId, tool, input }: Extract<AnswerPart, { type: 'tool-call' }>['call']): string | undefined {
    const known = this.#calls.get(callId);
    if (known?.hasInput) return undefined;
    if (known !== undefined) return this.#addInput(callId, input);
    const index = this.#calls.size;
    this.#calls.set(callId, { index, hasInput: true });
    return this.#chunk({
      tool_calls: [{ index, id: callId, type: 'function', function: { name: tool, arguments: input } }],
    });
  }

  #chunk(delta: object, finishReason: string | null = null): string {
    return JSON.stringify({
      ...this.#base(),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    });
  }

  #base() {
    return { id: this.#head.id, object: 'chat.completion.chunk', created: this.#head.created, model: this.#head.model };
  }
}

const finishReasons = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
} as const satisfies Readonly<Record<FinishReason, string>>;

const ownReasons = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  content_filter: 'content-filter',
} as const satisfies Readonly<Record<(typeof finishReasons)[FinishReason], FinishReason>>;

function usageOf({ usage: { inputTokens, outputTokens } }: Pick<Answer, 'usage'>) {
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
}
