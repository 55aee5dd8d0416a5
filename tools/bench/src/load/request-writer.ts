import { type LoadRequest, numberMark } from './load-request.ts';

/** Returns a function that gives the text of one request after the other, each with the next number. */
export function requestWriter(request: LoadRequest): () => string {
  const text = requestText(request);
  const at = text.indexOf(numberMark);
  if (at === -1) return () => text;
  const [before, after] = [text.slice(0, at), text.slice(at + numberMark.length)];
  const { numbers = 1 } = request;
  let next = 0;
  return () => {
    const number = next;
    next = (next + 1) % numbers;
    return `${before}${String(number).padStart(numberMark.length, '0')}${after}`;
  };
}

/** Numbers are as long as their mark, so that the length can be said once. */
function requestText({ method, path, headers = {}, body = '' }: LoadRequest): string {
  const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const lines = Object.entries({ host: '127.0.0.1', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
