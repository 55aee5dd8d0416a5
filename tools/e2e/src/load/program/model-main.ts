// Runs inside the cluster: an endpoint of the OpenAI protocol that answers every question with the same words, as a
// stream where it is asked for one. It listens on a second port too, which no rule of a network policy opens.
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

const ports = [8080, 8081];
const words = ['Here ', 'speaks ', 'the ', 'endpoint.'];
const head = { id: 'answer', created: 0, model: 'stand-in' };

for (const port of ports) {
  createServer(async (request, response) => {
    const { stream } = JSON.parse((await text(request)) || '{}');
    if (stream === true) sendStream(response);
    else sendWhole(response);
  }).listen(port);
}

function sendWhole(response: ServerResponse): void {
  const message = { role: 'assistant', content: words.join('') };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...head, object: 'chat.completion', choices: [choice({ message }, 'stop')] }));
}

function sendStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of words) response.write(chunk({ role: 'assistant', content }, null));
  response.write(chunk({}, 'stop'));
  response.end('data: [DONE]\n\n');
}

function chunk(delta: object, finish: string | null): string {
  const choices = [choice({ delta }, finish)];
  return `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices })}\n\n`;
}

function choice(content: object, finish: string | null): object {
  return { index: 0, ...content, finish_reason: finish };
}
