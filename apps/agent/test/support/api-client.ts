export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The fields of all answers in one type: a field that is missing is undefined at run time and fails the assertion. */
export interface Body {
  readonly id: string;
  readonly session_id: string;
  readonly title: string;
  readonly role: string;
  readonly content: readonly { readonly text?: string }[];
  readonly status: string;
  readonly priority: string;
  readonly due_at: string | null;
  readonly completed_at: string | null;
  readonly version: number;
  readonly attempt: number;
  readonly step: number;
  readonly output: string | null;
  readonly text: string;
  readonly tool: string;
  readonly cache: string;
  readonly data: readonly Body[];
  readonly next_cursor: string | null;
  readonly choices: readonly {
    readonly message: { readonly content: string };
    /** In the chunks of a stream. */
    readonly delta?: { readonly content?: string };
    readonly finish_reason: string;
  }[];
  readonly usage: Readonly<Record<string, number>>;
  readonly checks: Readonly<Record<string, unknown>>;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly type: string;
    readonly request_id: string;
    readonly details: readonly { readonly path: string; readonly message: string }[];
  };
}

export interface ServerEvent {
  readonly id: number;
  readonly type: string;
  readonly data: Body;
}

/** Calls the API of one agent. */
export function createClient(url: string) {
  const call = async (
    method: string,
    path: string,
    options: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<ApiResponse> => {
    const content = options.body === undefined ? {} : { 'content-type': 'application/json' };
    const body =
      options.body === undefined
        ? {}
        : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) };
    const response = await fetch(`${url}${path}`, { method, ...body, headers: { ...content, ...options.headers } });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };
  return {
    get: (path: string, headers = {}) => call('GET', path, { headers }),
    post: (path: string, body?: unknown, headers = {}) => call('POST', path, { body, headers }),
    patch: (path: string, body: unknown, headers = {}) => call('PATCH', path, { body, headers }),
    delete: (path: string, headers = {}) => call('DELETE', path, { headers }),
    newSession: async () => String((await call('POST', '/v1/sessions', { body: {} })).body.id),
  };
}

/** Reads server-sent events until the stream ends or the caller stops. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) yield* parseBlock(block);
  }
}

export async function collectEvents(response: Response): Promise<readonly ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(response)) events.push(event);
  return events;
}

function* parseBlock(block: string): Generator<ServerEvent> {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const data = field('data');
  if (data !== undefined) yield { id: Number(field('id') ?? 0), type: field('event') ?? '', data: parsed(data) };
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    // Not JSON: the page, metrics or [DONE].
    return { text } as Body;
  }
}
