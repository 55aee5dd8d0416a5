import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { startTestAgent, stopTestAgents } from './support/test-agent.ts';

let client: OpenAI;
beforeAll(async () => {
  const { url } = await startTestAgent();
  client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'unused', maxRetries: 0 });
});
afterAll(stopTestAgents);

const createTask = {
  type: 'function' as const,
  function: {
    name: 'create_task',
    parameters: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
  },
};

describe('the official OpenAI client', () => {
  it('lists the models', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toEqual(['embedded', 'task-agent']);
  });

  it('completes a chat', async () => {
    const completion = await client.chat.completions.create({
      model: 'embedded',
      messages: [{ role: 'user', content: 'hello' }],
    });
    expect(completion.choices[0]?.message.content).toMatch(/^Hello\. I keep your tasks\./);
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('calls tools of its own and goes on with their results', async () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'add a task: from the client' }];
    const first = await client.chat.completions.create({ model: 'embedded', messages, tools: [createTask] });
    const [call] = first.choices[0]?.message.tool_calls ?? [];
    if (call?.type !== 'function') throw new Error('no function was called');
    expect([call.function.name, JSON.parse(call.function.arguments)]).toEqual([
      'create_task',
      { title: 'from the client' },
    ]);
    messages.push(
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: call.id, content: '{"id":"1","title":"from the client"}' },
    );
    const second = await client.chat.completions.create({ model: 'embedded', messages, tools: [createTask] });
    expect(second.choices[0]?.message.content).toBe('Added “from the client”.');
  });

  it('streams text and tool calls', async () => {
    const stream = client.chat.completions.stream({
      model: 'embedded',
      messages: [{ role: 'user', content: 'add a task: streamed' }],
      tools: [createTask],
      stream_options: { include_usage: true },
    });
    const message = await stream.finalMessage();
    expect(message.tool_calls?.[0]).toMatchObject({
      function: { name: 'create_task', arguments: '{"title":"streamed"}' },
    });
    expect((await stream.totalUsage()).total_tokens).toBeGreaterThan(0);
    const text = await client.chat.completions
      .stream({ model: 'embedded', messages: [{ role: 'user', content: 'hello' }] })
      .finalContent();
    expect(text).toMatch(/^Hello\. /);
  });

  it('talks to the agent, whose tools run on the server', async () => {
    const ask = async (content: string) =>
      client.chat.completions.stream({ model: 'task-agent', messages: [{ role: 'user', content }] }).finalContent();
    expect(await ask('add a task: by the agent')).toBe('Added “by the agent”.');
    expect(await ask('list my tasks')).toBe('You have 1 open task:\n- by the agent');
    const whole = await client.chat.completions.create({
      model: 'task-agent',
      messages: [{ role: 'user', content: 'complete by the agent' }],
    });
    expect(whole.choices[0]?.message.content).toBe('Done: “by the agent”.');
  });

  it('gets errors in the shape it knows', async () => {
    const attempt = client.chat.completions.create({ model: 'unknown', messages: [{ role: 'user', content: 'x' }] });
    await expect(attempt).rejects.toMatchObject({ status: 404, code: 'not-found', type: 'invalid_request_error' });
    const invalid = client.chat.completions.create({ model: 'embedded', messages: [] });
    await expect(invalid).rejects.toMatchObject({ status: 400, param: 'body.messages' });
  });
});
