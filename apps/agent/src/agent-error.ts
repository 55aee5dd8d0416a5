/** Everything that can go wrong in a way the caller should tell apart. Codes are part of the API. */
const catalogue = {
  'config-invalid': {
    status: 500,
    message: ({ subject, value, allowed }: Facts) => `${subject} is ${show(value)}; allowed is ${allowed}`,
  },
  'request-invalid': { status: 400, message: ({ subject, allowed }: Facts) => `${subject}: ${allowed}` },
  'model-refused': {
    status: 400,
    message: ({ value }: Facts) =>
      `the model endpoint refused the request (status ${value}); send a shorter one or other parameters`,
  },
  'cursor-invalid': {
    status: 400,
    message: ({ value }: Facts) => `cursor ${show(value)} was not made by this API; take next_cursor of a page`,
  },
  unauthenticated: {
    status: 401,
    message: () => 'no valid API key was given; send it as "Authorization: Bearer <key>"',
  },
  'not-found': { status: 404, message: ({ subject, value }: Facts) => `${subject} ${show(value)} does not exist` },
  'route-unknown': {
    status: 404,
    message: ({ value }: Facts) => `${value} is not a route of this API; /openapi.json lists them`,
  },
  'session-busy': {
    status: 409,
    message: ({ value }: Facts) =>
      `session ${show(value)} has an unfinished run; set multitask_strategy to enqueue or interrupt, or wait for it`,
  },
  'idempotency-in-progress': {
    status: 409,
    message: ({ value }: Facts) =>
      `the first request with Idempotency-Key ${show(value)} is still being answered; try again shortly`,
  },
  'run-finished': { status: 409, message: ({ subject, value }: Facts) => `${subject} is already ${value}` },
  'version-conflict': {
    status: 412,
    message: ({ subject, value, allowed }: Facts) =>
      `${subject} is at version ${allowed}, If-Match asks for ${value}; read it again`,
  },
  'body-too-large': {
    status: 413,
    message: ({ allowed }: Facts) => `the request body is larger than ${allowed} bytes`,
  },
  'media-type-unsupported': {
    status: 415,
    message: ({ value }: Facts) => `content type ${show(value)} is not supported; send application/json`,
  },
  'idempotency-key-reused': {
    status: 422,
    message: ({ value }: Facts) => `Idempotency-Key ${show(value)} was used with another request; use a new key`,
  },
  'rate-limited': {
    status: 429,
    message: ({ allowed }: Facts) => `more than ${allowed} requests in a minute; try again after Retry-After seconds`,
  },
  'client-gone': { status: 499, message: () => 'the client closed its connection before it had its answer' },
  'lease-lost': {
    status: 500,
    message: ({ value }: Facts) => `run ${show(value)} is no longer leased to this process`,
  },
  internal: { status: 500, message: () => 'the request failed for a reason on our side; quote the request id' },
  'step-limit': {
    status: 500,
    message: ({ allowed }: Facts) =>
      `the run needed more than ${allowed} steps; raise max_steps or ask for less at once`,
  },
  'run-timeout': { status: 500, message: ({ allowed }: Facts) => `the run took longer than ${allowed} ms` },
  'attempts-exhausted': {
    status: 500,
    message: ({ allowed }: Facts) => `the run was started ${allowed} times and never came to an end`,
  },
  'model-failed': {
    status: 502,
    message: ({ subject, value }: Facts) =>
      `the model endpoint failed: ${subject}${value === undefined ? '' : ` (status ${value})`}`,
  },
  'model-truncated': { status: 502, message: () => 'the model endpoint ended its answer before it was complete' },
  'model-unavailable': {
    status: 503,
    message: () => 'the model endpoint failed repeatedly and is given a pause; try again shortly',
  },
  'database-unavailable': { status: 503, message: () => 'the database does not answer; try again shortly' },
  draining: { status: 503, message: () => 'this process is shutting down; try again' },
  'model-timeout': { status: 504, message: ({ allowed }: Facts) => `the model did not answer within ${allowed} ms` },
} as const satisfies Record<string, CatalogueEntry>;

interface Facts {
  /** What the error is about, in the caller's words: a field, an environment variable, a kind of object. */
  readonly subject?: string;
  readonly value?: string | number | undefined;
  readonly allowed?: string | number;
  /** The whole message of an error that was recorded, such as the one that a run has ended with. */
  readonly recorded?: string;
}

interface CatalogueEntry {
  readonly status: number;
  readonly message: (facts: Facts) => string;
}

export type AgentErrorCode = keyof typeof catalogue;
export const agentErrorCodes = Object.keys(catalogue) as readonly AgentErrorCode[]; // Object.keys widens to string

/** An expected failure: which one, the HTTP status that tells it, and a message safe to show below 500. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: AgentErrorCode;
  readonly status: number;

  constructor(code: AgentErrorCode, facts: Facts = {}, options?: ErrorOptions) {
    super(facts.recorded ?? catalogue[code].message(facts), options);
    this.code = code;
    this.status = catalogue[code].status;
  }
}

function show(value: Facts['value']): string {
  return typeof value === 'string' ? `"${value.length > 80 ? `${value.slice(0, 80)}…` : value}"` : String(value);
}
