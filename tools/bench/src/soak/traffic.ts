import { setTimeout as sleep } from 'node:timers/promises';

/** One kind of request that clients make, with what may come back. */
interface Kind {
  readonly name: string;
  readonly act: (client: Client, number: number) => Promise<number>;
  readonly expected: readonly number[];
}

/** Stands for a request whose client left before the answer was there. */
const left = 0;

const kinds: readonly Kind[] = [
  { name: 'cached', expected: [200], act: (client) => client.ask({ content: 'the same question' }) },
  {
    name: 'cached, streamed',
    expected: [200],
    act: (client) => client.ask({ content: 'the same question', stream: true }),
  },
  { name: 'missed', expected: [200], act: (client, number) => client.ask({ content: `question ${number}` }) },
  {
    name: 'streamed',
    expected: [200],
    act: (client, number) => client.ask({ content: `stream ${number}`, stream: true }),
  },
  {
    name: 'bypassed',
    expected: [200],
    act: (client) => client.ask({ content: 'the same question' }, { 'cache-control': 'no-store' }),
  },
  {
    name: 'repeated by key',
    expected: [200],
    act: (client, number) => client.ask({ content: `keyed ${number}` }, { 'idempotency-key': `soak-${number}` }),
  },
  { name: 'left early', expected: [left], act: (client, number) => client.leave(number) },
  {
    name: 'refused by the model',
    expected: [502, 503],
    act: (client, number) => client.ask({ content: `please refuse ${number}` }),
  },
  {
    name: 'invalid',
    expected: [400],
    act: (client) => client.post('/v1/chat/completions', { model: 'mock', messages: [] }),
  },
  { name: 'not found', expected: [404], act: (client) => client.get('/v1/tasks/00000000-0000-0000-0000-000000000000') },
  { name: 'run, waited for', expected: [200], act: (client) => client.run('wait') },
  { name: 'run, streamed', expected: [200], act: (client) => client.run('stream') },
  { name: 'task made and deleted', expected: [204], act: (client, number) => client.keepTask(number) },
  { name: 'tasks listed', expected: [200], act: (client) => client.get('/v1/tasks?limit=20') },
];

export interface TrafficTally {
  /** How often each kind of request was made. */
  readonly made: Readonly<Record<string, number>>;
  /** Answers that were not expected, with how often each was seen. */
  readonly unexpected: Readonly<Record<string, number>>;
}

export interface TrafficOptions {
  readonly url: string;
  readonly clients: number;
  readonly signal: AbortSignal;
}

/** All kinds of requests in turn, by several clients at once, until the signal; then what was seen. */
export async function makeTraffic({ url, clients, signal }: TrafficOptions): Promise<TrafficTally> {
  const made: Record<string, number> = {};
  const unexpected: Record<string, number> = {};
  let number = 0;
  const drive = async () => {
    while (!signal.aborted) {
      number += 1;
      const kind = kinds[number % kinds.length];
      if (kind === undefined) continue;
      made[kind.name] = (made[kind.name] ?? 0) + 1;
      const status = await kind.act(new Client(url), number).catch((error: unknown) => String(error));
      const isExpected = kind.expected.some((expected) => expected === status);
      if (!isExpected) unexpected[`${kind.name}: ${status}`] = (unexpected[`${kind.name}: ${status}`] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, drive));
  return { made, unexpected };
}

interface Question {
  readonly content: string;
  readonly stream?: true;
}

const patienceMs = 60;

class Client {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  ask({ content, stream }: Question, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    const body = { model: 'mock', messages: [{ role: 'user', content }], ...(stream && { stream }) };
    return this.post('/v1/chat/completions', body, headers);
  }

  async post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    return statusOf(await this.#send(path, body, { headers }));
  }

  async get(path: string): Promise<number> {
    return statusOf(await fetch(`${this.#url}${path}`));
  }

  /** Goes away in the middle of an answer. */
  async leave(number: number): Promise<number> {
    const leaving = new AbortController();
    const body = {
      model: 'mock',
      stream: true,
      messages: [{ role: 'user', content: `please take your time ${number}` }],
    };
    const answer = this.#send('/v1/chat/completions', body, { signal: leaving.signal }).then(statusOf);
    void sleep(patienceMs).then(() => leaving.abort());
    return answer.catch(() => left);
  }

  async run(how: 'wait' | 'stream'): Promise<number> {
    const id = await idIn(await this.#send('/v1/sessions', {}));
    return this.post(`/v1/sessions/${id}/runs/${how}`, { input: 'what is left to do?' });
  }

  async keepTask(number: number): Promise<number> {
    const response = await this.#send('/v1/tasks', { title: `task ${number}` });
    const id = await idIn(response);
    const etag = response.headers.get('etag') ?? '';
    return statusOf(await fetch(`${this.#url}/v1/tasks/${id}`, { method: 'DELETE', headers: { 'if-match': etag } }));
  }

  #send(path: string, body: object, init: RequestInit = {}): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...init.headers };
    return fetch(`${this.#url}${path}`, { ...init, method: 'POST', headers, body: JSON.stringify(body) });
  }
}

async function idIn(response: Response): Promise<string> {
  // Whatever it is instead, the request for it fails and is counted.
  const { id } = (await response.json()) as { readonly id: string };
  return id;
}

/** Once the whole answer is there. */
async function statusOf(response: Response): Promise<number> {
  await response.arrayBuffer();
  return response.status;
}
