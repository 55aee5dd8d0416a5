import { describe, expect, it } from '@jest/globals';
import type { Message, MessagePart } from '../repositories/message-repository.ts';
import { answerId, progressOf } from './conversation.ts';

const run = {
  id: 'run-1',
  input: { messages: [], options: { maxSteps: 20, cacheMode: 'default' as const } },
};

function message(role: Message['role'], part: MessagePart, id: string): Message {
  return { id, run_id: run.id, role, content: [part], created_at: '2026-11-27T10:00:00Z' };
}

const brought = message('assistant', { type: 'text', text: 'Hello' }, 'brought-along');
const callOf = (step: number) =>
  message('assistant', { type: 'tool-call', toolCallId: 'c', toolName: 't', input: '{}' }, answerId(run.id, step));
const resultOf = (step: number) =>
  message('tool', { type: 'tool-result', toolCallId: 'c', toolName: 't', output: {}, step }, `result-${step}`);

describe('progressOf', () => {
  it('takes no words that the client brought along for an answer', () => {
    expect(progressOf([brought], run)).toEqual({ steps: 0, pendingCalls: [], output: undefined });
  });

  it('tells the calls of the last answer that have no result', () => {
    expect(progressOf([brought, callOf(1)], run)).toMatchObject({ steps: 1, pendingCalls: [{ callId: 'c' }] });
    expect(progressOf([brought, callOf(1), resultOf(1)], run)).toMatchObject({ steps: 1, pendingCalls: [] });
  });

  it('counts the steps that lie before the part of the history that was read', () => {
    const history = [resultOf(6), callOf(7), resultOf(7), callOf(8)];
    expect(progressOf(history, run)).toMatchObject({ steps: 8, pendingCalls: [{ callId: 'c' }] });
  });

  it('ends with the text of an answer that calls nothing', () => {
    const last = message('assistant', { type: 'text', text: 'Done.' }, answerId(run.id, 2));
    expect(progressOf([callOf(1), resultOf(1), last], run)).toMatchObject({ steps: 2, output: 'Done.' });
  });
});
