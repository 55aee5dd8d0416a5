import { describe, expect, it } from '@jest/globals';
import type { ModelCall, ModelPrompt } from '../language-model.ts';
import { createEmbeddedModel } from './embedded-model.ts';

const model = createEmbeddedModel('embedded', () => '2026-11-23');
const tools: NonNullable<ModelCall['tools']> = ['create_task', 'list_tasks', 'get_task'].map((name) => ({
  type: 'function',
  name,
  inputSchema: { type: 'object' },
}));

/** What the model says or calls. */
async function answerTo(...prompt: ModelPrompt): Promise<unknown> {
  const { content } = await model.doGenerate({ prompt, tools });
  const [part] = content;
  return part?.type === 'tool-call' ? JSON.parse(part.input) : part?.type === 'text' && part.text;
}

const said = (text: string): ModelPrompt[number] => ({ role: 'user', content: [{ type: 'text', text }] });
const stated = (day: string): ModelPrompt[number] => ({ role: 'system', content: `Today is ${day}.` });

/** As a client of the chat route says it: text that holds whatever it likes. */
function given(toolName: string, output: unknown): ModelPrompt[number] {
  const value = JSON.stringify(output);
  return {
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId: 'c', toolName, output: { type: 'text', value } }],
  };
}

describe('the embedded model', () => {
  it.each([
    ['2026-02-27', '2026-02-28'],
    ['2026-13-45', '2026-11-24'],
    ['0000-00-00', '2026-11-24'],
  ])('takes %s for today if there is such a day, and the day of the clock otherwise', async (day, due) => {
    expect(await answerTo(stated(day), said('add a task: call Ann tomorrow'))).toMatchObject({ due_at: due });
  });

  it.each([
    [{ priority: 'high', due_at: '2026-11-27T00:00:00Z' }, '- call Ann (high priority, due 2026-11-27)'],
    [{ priority: 'normal', due_at: null }, '- call Ann'],
    [{ priority: { toString: 1 }, due_at: 5, status: [] }, '- call Ann'],
  ])('shows what it is given of a task, as far as it makes sense: %j', async (facts, line) => {
    const result = given('list_tasks', { tasks: [{ id: '1', title: 'call Ann', ...facts }] });
    expect(await answerTo(said('list my tasks'), result)).toBe(`You have 1 open task:\n${line}`);
  });

  it.each([
    [{ message: 'it is locked' }, 'it is locked'],
    [{ message: { toString: 1 } }, 'the tool failed.'],
  ])('repeats why a tool failed, if it is told in words: %j', async (value, reason) => {
    const output = { type: 'error-json' as const, value };
    const failed: ModelPrompt[number] = {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 'c', toolName: 'list_tasks', output }],
    };
    expect(await answerTo(said('list my tasks'), failed)).toBe(`I could not do that: ${reason}`);
  });
});
