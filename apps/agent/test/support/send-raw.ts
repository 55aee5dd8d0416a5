import { createConnection } from 'node:net';
import { text as readText } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: string;
}

export interface RawRequest {
  readonly method: string;
  /** What stands behind the method, as it is: clients of HTTP would tidy it up. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Writes a request to a socket word for word, and reads the whole answer. */
export async function sendRaw(
  url: string,
  { method, target, headers = {}, body = '' }: RawRequest,
): Promise<RawAnswer> {
  const { port, hostname, host } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  const lengthened =
    body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const fields = Object.entries({ host, connection: 'close', ...lengthened, ...headers });
  const lines = [`${method} ${target} HTTP/1.1`, ...fields.map(([name, value]) => `${name}: ${value}`)];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  const answer = await readText(socket);
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') };
}
