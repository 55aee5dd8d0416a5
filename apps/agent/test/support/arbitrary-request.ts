import fc from 'fast-check';

export interface ArbitraryRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | undefined;
}

interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly format?: string;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: JsonSchema }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: JsonSchema } } };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** Of things that exist, so that requests get beyond "not found". */
export interface KnownIds {
  readonly task: string;
  readonly session: string;
  readonly run: string;
}

/** Requests that fit the description of the API, nearly fit it, or do not fit it at all. */
export function arbitraryRequest(document: OpenApi, known: KnownIds): fc.Arbitrary<ArbitraryRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return fc.constantFrom(...operations).chain(({ path, method, operation }) =>
    fc
      .record({
        ids: arbitraryIds({ path, method }, known),
        query: arbitraryQuery(operation, document),
        headers: arbitraryHeaders,
        payload: arbitraryBody(operation, document),
      })
      .map(({ ids, query, headers, payload }) => ({
        method: method.toUpperCase(),
        url: fillPath(path, ids) + query,
        headers: { ...headers, ...(payload !== undefined && { 'content-type': 'application/json' }) },
        payload,
      })),
  );
}

/** Requests that delete mostly miss, so that there is something left for the others. */
function arbitraryIds({ path, method }: { path: string; method: string }, known: KnownIds) {
  const weight = method === 'delete' ? 0 : 16;
  const idOf = (id: string) => oftenOf([fc.constant(id), weight], [fc.uuid(), 1], [text, 1]);
  return fc.tuple(idOf(path.startsWith('/v1/tasks') ? known.task : known.session), idOf(known.run));
}

const words = fc.constantFrom('hello', 'add a task: fuzz', 'list my tasks', 'complete fuzz', 'embedded', 'task-agent');
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  // Half of a surrogate pair is in none of the strings above.
  fc.constantFrom('\ud800', 'half \udc00'),
  fc.constantFrom('', '\0', '%', "'; drop table tasks; --", '../..', '𝒳'.repeat(30), 'add a task: fuzz'),
);
const oddValue = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.constantFrom(2 ** 53, -1, 1e308),
);
const arbitraryHeaders = fc.record(
  {
    'idempotency-key': oftenOf([fc.uuid(), 10], [fc.constantFrom('k1', 'k2', 'x'.repeat(300)), 1]),
    'if-match': oftenOf([fc.constantFrom('"1"', '*'), 8], [fc.constant('x'), 1]),
    'last-event-id': oftenOf([fc.constantFrom('0', '3'), 8], [fc.constantFrom('-1', 'x', '99999999999'), 1]),
    'cache-control': fc.constantFrom('no-cache', 'no-store'),
  },
  { requiredKeys: [] },
);

function fillPath(path: string, ids: readonly string[]): string {
  const [id = '', runId = ''] = ids.map((each) => encodeURIComponent(wellFormed(each)));
  return path.replace('{run_id}', runId).replace('{id}', id);
}

function arbitraryQuery({ parameters = [] }: Operation, document: OpenApi): fc.Arbitrary<string> {
  const fields = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) => [name, mostly(arbitraryValue(schema, document, 0))] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] }).map((query) => {
    const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`);
    return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  });
}

function arbitraryBody({ requestBody }: Operation, document: OpenApi): fc.Arbitrary<string | undefined> {
  const schema = requestBody?.content['application/json'].schema;
  if (schema === undefined) return fc.constant(undefined);
  const json = mostly(arbitraryValue(schema, document, 0)).map((value) => JSON.stringify(value));
  return fc.oneof({ weight: 20, arbitrary: json }, { weight: 1, arbitrary: text });
}

function mostly(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return oftenOf([arbitrary, 20], [oddValue, 1]);
}

/** One of the arbitraries, each as often as its weight says. */
function oftenOf<Value>(...choices: readonly (readonly [fc.Arbitrary<Value>, number])[]): fc.Arbitrary<Value> {
  return fc.oneof(...choices.map(([arbitrary, weight]) => ({ arbitrary, weight })));
}

function arbitraryValue(schema: JsonSchema, document: OpenApi, depth: number): fc.Arbitrary<unknown> {
  const target = schema.$ref && document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (target) return arbitraryValue(target, document, depth);
  if (depth > 6) return oddValue;
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => arbitraryValue(choice, document, depth + 1)));
  return (byType[schema.type ?? ''] ?? (() => oddValue))(schema, document, depth);
}

const byFormat: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: fc.constantFrom('2026-11-27', '2026-02-30', '0000-01-01', '9999-12-31'),
  'date-time': fc.constantFrom('2026-11-27T10:00:00Z', '9999-12-31T23:59:59+23:59', '0001-01-01T00:00:00Z'),
};

const byType: Readonly<
  Record<string, (schema: JsonSchema, document: OpenApi, depth: number) => fc.Arbitrary<unknown>>
> = {
  string: ({ format = '', minLength = 0 }) => byFormat[format] ?? (minLength > 0 ? words : fc.oneof(words, text)),
  integer: ({ minimum = -5, maximum = 60 }) => fc.integer({ min: minimum, max: Math.min(maximum, minimum + 65) }),
  number: ({ minimum = -3, maximum = 3 }) => fc.double({ min: minimum, max: maximum, noNaN: true }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  array: ({ items }, document, depth) =>
    fc.array(items === undefined ? oddValue : arbitraryValue(items, document, depth + 1), { maxLength: 3 }),
  object: ({ properties = {}, required = [] }, document, depth) =>
    fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          name,
          mostly(arbitraryValue(property, document, depth + 1)),
        ]),
      ),
      { requiredKeys: required.filter((name) => name in properties) },
    ),
};

function wellFormed(value: unknown): string {
  return (typeof value === 'string' ? value : String(JSON.stringify(value))).toWellFormed();
}
