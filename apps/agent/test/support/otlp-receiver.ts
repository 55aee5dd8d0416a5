import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { addCleanup } from './test-agent.ts';

export type AttributeValue = string | number | boolean;

export interface ReceivedSpan {
  readonly name: string;
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first span of a trace. */
  readonly parentSpanId: string;
  readonly isError: boolean;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly resource: Readonly<Record<string, AttributeValue>>;
}

export type Behaviour = 'accepts' | 'refuses' | 'hangs';

export interface OtlpReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Requests that came, whatever became of them. */
  readonly requests: () => number;
  behave(behaviour: Behaviour): void;
}

/** The traces endpoint of OTLP over HTTP with JSON. What does not follow the protocol is answered with 400. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  let behaviour: Behaviour = 'accepts';
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    const text = await readText(request);
    if (behaviour === 'hangs') return;
    if (behaviour === 'refuses') return void response.writeHead(503).end();
    const received = decode(request, text);
    if (received === undefined) return void response.writeHead(400).end();
    spans.push(...received);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"partialSuccess":{}}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  addCleanup(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const behave = (wanted: Behaviour) => {
    behaviour = wanted;
  };
  return { url: `http://127.0.0.1:${port}`, spans, requests: () => requests, behave };
}

interface KeyValue {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: string | number;
    readonly doubleValue?: number;
    readonly boolValue?: boolean;
  };
}

interface OtlpSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly status?: { readonly code?: number };
}

interface TracesRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const errorStatus = 2;

function decode({ method, url, headers }: IncomingMessage, text: string): readonly ReceivedSpan[] | undefined {
  if (method !== 'POST' || url !== '/v1/traces' || headers['content-type'] !== 'application/json') return undefined;
  const { resourceSpans }: TracesRequest = JSON.parse(text);
  const received = resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => toReceived(span, valuesOf(resource.attributes)))),
  );
  return received.every((span) => span !== undefined) ? received : undefined;
}

/** Undefined when ids or times are not what the protocol asks for. */
function toReceived(span: OtlpSpan, resource: ReceivedSpan['resource']): ReceivedSpan | undefined {
  const { name, kind, traceId, spanId, parentSpanId = '', status } = span;
  const isWellFormed =
    /^[0-9a-f]{32}$/.test(traceId) &&
    /^[0-9a-f]{16}$/.test(spanId) &&
    /^([0-9a-f]{16})?$/.test(parentSpanId) &&
    BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano);
  if (!isWellFormed) return undefined;
  return {
    name,
    kind: kinds[kind] ?? 'unspecified',
    traceId,
    spanId,
    parentSpanId,
    isError: status?.code === errorStatus,
    attributes: valuesOf(span.attributes),
    resource,
  };
}

function valuesOf(attributes: readonly KeyValue[]): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue, boolValue } }) => [
      key,
      stringValue ?? doubleValue ?? boolValue ?? Number(intValue),
    ]),
  );
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}
