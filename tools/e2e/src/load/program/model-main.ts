// Runs inside the cluster: an endpoint of the OpenAI protocol that answers every question with the same words, streamed.
// It listens on a second port too, which no rule of a network policy opens.
import { createServer } from 'node:http';

const ports = [8080, 8081];
const words = ['Here ', 'speaks ', 'the ', 'endpoint.'];

const server = () =>
  createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = (delta: object, finish: string | null) =>
      response.write(
        `data: ${JSON.stringify({ id: 'answer', object: 'chat.completion.chunk', created: 0, model: 'stand-in', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
      );
    for (const content of words) chunk({ role: 'assistant', content }, null);
    chunk({}, 'stop');
    response.end('data: [DONE]\n\n');
  });

for (const port of ports) server().listen(port);
