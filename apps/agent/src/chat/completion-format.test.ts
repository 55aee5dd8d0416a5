import { describe, expect, it } from '@jest/globals';
import { ChunkFormatter } from './completion-format.ts';

const head = { id: 'chatcmpl-1', created: 1, model: 'm' };
const callsOf = (chunks: readonly (string | undefined)[]) =>
  chunks.filter((chunk) => chunk !== undefined).flatMap((chunk) => JSON.parse(chunk).choices[0].delta.tool_calls ?? []);

describe('ChunkFormatter', () => {
  it('numbers tool calls and sends their input once, in pieces or whole', () => {
    const format = new ChunkFormatter(head);
    const calls = callsOf([
      format.part({ type: 'tool-input-start', callId: 'a', tool: 't' }),
      format.part({ type: 'tool-input', callId: 'a', text: '{}' }),
      format.part({ type: 'tool-call', call: { callId: 'a', tool: 't', input: '{}' } }),
      format.part({ type: 'tool-call', call: { callId: 'b', tool: 'u', input: '[]' } }),
    ]);
    expect(calls).toEqual([
      { index: 0, id: 'a', type: 'function', function: { name: 't', arguments: '' } },
      { index: 0, function: { arguments: '{}' } },
      { index: 1, id: 'b', type: 'function', function: { name: 'u', arguments: '[]' } },
    ]);
  });
});
