import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ResponseFacts, ResponseReader } from './response-reader.ts';

/** One keep-alive connection on which one request is answered at a time. */
export class Connection {
  readonly #socket: Socket;
  #waiting = Promise.withResolvers<ResponseFacts>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    const reader = new ResponseReader();
    socket.on('data', (chunk: string) => {
      const response = reader.push(chunk);
      if (response !== undefined) this.#waiting.resolve(response);
    });
    for (const event of ['error', 'close']) socket.on(event, () => this.#waiting.reject(new Error('cut')));
    this.#waiting.promise.catch(() => undefined);
  }

  static async open(host: string, port: number): Promise<Connection> {
    const socket = connect({ host, port, noDelay: true });
    // One character a byte, so that lengths in characters are lengths in bytes.
    socket.setEncoding('latin1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** Rejects when the server cuts the connection instead of answering. */
  exchange(request: string): Promise<ResponseFacts> {
    this.#waiting = Promise.withResolvers();
    this.#waiting.promise.catch(() => undefined);
    this.#socket.write(request, 'utf8');
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }
}
