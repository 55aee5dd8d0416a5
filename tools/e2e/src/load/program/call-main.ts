// Runs inside the cluster: sends the request that stands on standard input and prints the answer, both as JSON.
import { text } from 'node:stream/consumers';
import { type HttpRequest, httpClient } from './http-client.ts';

const timeoutMs = 30_000;
const { baseUrl, request }: { readonly baseUrl: string; readonly request: HttpRequest } = JSON.parse(
  await text(process.stdin),
);
const send = httpClient({ baseUrl, timeoutMs, connections: 'new' });
process.stdout.write(JSON.stringify(await send(request).catch((error: Error) => ({ error: error.message }))));
