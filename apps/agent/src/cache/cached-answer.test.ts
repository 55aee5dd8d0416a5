import { describe, expect, it } from '@jest/globals';
import { parseCompletion } from '../chat/completion-format.ts';
import type { Answer } from '../models/answer.ts';
import { formatEntry, parseEntry, toCachedAnswer } from './cached-answer.ts';

const answer: Answer = {
  text: 'Nothing is left to do.\nReally.',
  toolCalls: [{ callId: 'call-1', tool: 'list_tasks', input: '{"status":"open"}' }],
  finishReason: 'tool-calls',
  usage: { inputTokens: 12, outputTokens: 7 },
};

describe('a kept answer', () => {
  it('is the same when it comes back', () => {
    const kept = toCachedAnswer(answer, 'mock');
    const back = parseEntry(formatEntry(kept));
    expect(back).toEqual(kept);
    expect(parseCompletion(kept.completion)).toEqual(answer);
  });

  it('is the same without a text', () => {
    const silent = { ...answer, text: '' };
    expect(parseCompletion(toCachedAnswer(silent, 'mock').completion)).toEqual(silent);
  });

  it.each([
    ['nothing', ''],
    ['what an earlier release wrote', '{"answer":{"text":"x"},"storedAtMs":5}'],
    ['half of an entry', formatEntry(toCachedAnswer(answer, 'mock')).slice(0, -1)],
    [
      'an entry that is damaged in its middle',
      formatEntry(toCachedAnswer(answer, 'mock')).replace('Nothing', 'No"hing'),
    ],
    ['an entry without a checksum', formatEntry(toCachedAnswer(answer, 'mock')).replace(/ \d+/, '')],
    ['an entry without a time', formatEntry(toCachedAnswer(answer, 'mock')).replace(/^\d+/, '')],
  ])('is missing when Redis holds %s', (_, text) => {
    expect(parseEntry(text)).toBeUndefined();
  });
});
