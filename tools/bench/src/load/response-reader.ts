export interface ResponseFacts {
  readonly status: number;
  /** What `x-cache` says; empty without it. */
  readonly cache: string;
}

/**
 * Recognises the end of one response after the other on a connection where the next request is only sent after it.
 * It does just enough for that: a load generator that parses as much as a client costs more than what it measures.
 */
export class ResponseReader {
  #text = '';

  /** The response that ends with this chunk, if one does. */
  push(chunk: string): ResponseFacts | undefined {
    this.#text += chunk;
    const headEnd = this.#text.indexOf('\r\n\r\n');
    if (headEnd === -1) return undefined;
    const head = this.#text.slice(0, headEnd);
    if (!isComplete(head, this.#text, headEnd + 4)) return undefined;
    this.#text = '';
    return { status: Number(head.slice(9, 12)), cache: /^x-cache: (\S+)/im.exec(head)?.[1] ?? '' };
  }
}

function isComplete(head: string, text: string, bodyStart: number): boolean {
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length !== undefined) return text.length - bodyStart >= Number(length);
  return text.endsWith('\r\n0\r\n\r\n') || text.slice(bodyStart) === '0\r\n\r\n';
}
