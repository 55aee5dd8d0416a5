// A model endpoint of the OpenAI protocol that answers everything without delay, at once or as a stream. A request that
// contains "please refuse" gets an error, one with "please take your time" a stream of one piece in 50 ms.
// Usage: node upstream-main.ts <port>
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerPieces, answerText } from './sample-answer.ts';

const head = { id: 'chatcmpl-1', created: 1, model: 'mock' };
const usage = { prompt_tokens: 20, completion_tokens: answerPieces.length, total_tokens: 20 + answerPieces.length };
const whole = JSON.stringify({
  ...head,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: answerText }, logprobs: null, finish_reason: 'stop' }],
  usage,
});
const events = [
  ...answerPieces.map((content) => event([choice({ role: 'assistant', content }, null)], null)),
  event([choice({}, 'stop')], null),
  event([], usage),
  'data: [DONE]\n\n',
];
const stream = events.join('');
const pieceMs = 50;

createServer(answer).listen(Number(process.argv[2]), '127.0.0.1');

function answer(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => send(response, body));
}

function send(response: ServerResponse, body: string): void {
  if (body.includes('please refuse')) refuse(response);
  else if (body.includes('please take your time')) void sendSlowly(response);
  else sendAtOnce(response, body);
}

function sendAtOnce(response: ServerResponse, body: string): void {
  const isStream = /"stream":\s*true/.test(body);
  const type = isStream ? 'text/event-stream' : 'application/json';
  response.writeHead(200, { 'content-type': type });
  response.end(isStream ? stream : whole);
}

function refuse(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message: 'refused, as asked', type: 'invalid_request_error' } }));
}

async function sendSlowly(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const text of events) {
    if (response.destroyed) return;
    response.write(text);
    await sleep(pieceMs);
  }
  response.end();
}

function choice(delta: object, finishReason: string | null) {
  return { index: 0, delta, logprobs: null, finish_reason: finishReason };
}

function event(choices: readonly object[], counted: object | null): string {
  return `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, usage: counted })}\n\n`;
}
