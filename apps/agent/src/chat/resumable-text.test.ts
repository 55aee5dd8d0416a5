import { describe, expect, it } from '@jest/globals';
import { ResumableText } from './resumable-text.ts';

const sentOf = (text: ResumableText, pieces: readonly string[]) => pieces.map((piece) => text.add(piece)).join('');

function afterFirstStep(): ResumableText {
  const text = new ResumableText();
  text.startStep();
  sentOf(text, ["I'll add", ' it.']);
  text.finishStep();
  text.startStep();
  return text;
}

describe('ResumableText', () => {
  it.each([
    ['begins like the one before', ['I', "'ve added it."]],
    ['says the same as the one before', ["I'll", ' add it.']],
    ['says something else', ['Done', '.']],
  ])('sends all of a step that %s', (_name, pieces) => {
    const text = afterFirstStep();
    expect(sentOf(text, pieces)).toBe(pieces.join(''));
    expect(text.all).toBe(`I'll add it.${pieces.join('')}`);
  });

  it('does not send again what a later step that is begun twice has said', () => {
    const text = afterFirstStep();
    sentOf(text, ["I've ", 'added']);
    text.startStep();
    expect(sentOf(text, ['I', "'ve added", ' it.'])).toBe(' it.');
    expect(text.all).toBe("I'll add it.I've added it.");
  });

  it('sends on where a step that is begun twice says something else', () => {
    const text = afterFirstStep();
    sentOf(text, ['I have ', 'added it']);
    text.startStep();
    expect(sentOf(text, ['I have ', 'done so', '.'])).toBe('done so.');
    expect(text.all).toBe("I'll add it.I have done so.");
  });
});
