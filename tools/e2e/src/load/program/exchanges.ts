import { type HttpAnswer, type HttpClient, type HttpHead, type HttpRequest, NoAnswer } from './http-client.ts';
import type { ExchangeKind, LoadPlan } from './load-plan.ts';
import type { Outcome } from './tally.ts';

/** A run that the service has accepted, and the task that it has to make. */
export interface AcknowledgedRun {
  readonly sessionId: string;
  readonly runId: string;
  readonly title: string;
}

/** What a load has done so far. */
export interface LoadJournal {
  readonly outcomes: Outcome[];
  readonly taskTitles: string[];
  readonly taskIds: string[];
  readonly runs: AcknowledgedRun[];
  readonly cache: Record<string, number>;
  streamsMoved: number;
  serial: number;
}

export interface LoadContext {
  readonly plan: LoadPlan;
  readonly journal: LoadJournal;
  readonly client: HttpClient;
}

export function newJournal(): LoadJournal {
  return { outcomes: [], taskTitles: [], taskIds: [], runs: [], cache: {}, streamsMoved: 0, serial: 0 };
}

/** Does one exchange of a kind. A failed request is in the journal and ends the exchange. */
export async function exchange(kind: ExchangeKind, context: LoadContext): Promise<void> {
  try {
    await exchanges[kind]({ ...context, kind });
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
  }
}

type Step = LoadContext & { readonly kind: ExchangeKind };

const exchanges: Readonly<Record<ExchangeKind, (step: Step) => Promise<unknown>>> = {
  list: (step) => send(step, { method: 'GET', path: '/v1/tasks?limit=5' }, { status: 200 }),
  read: readTask,
  create: createTask,
  chat: (step) => chat(step, { stream: false }),
  'chat-stream': (step) => chat(step, { stream: true }),
  run: startRun,
  'run-stream': followRun,
};

async function readTask(step: Step): Promise<void> {
  const { taskIds } = step.journal;
  const id = taskIds[Math.floor(Math.random() * taskIds.length)];
  await send(
    step,
    { method: 'GET', path: id === undefined ? '/v1/tasks?limit=1' : `/v1/tasks/${id}` },
    { status: 200 },
  );
}

async function createTask(step: Step): Promise<void> {
  const title = nextTitle(step, 'task');
  const { body } = await send(step, { method: 'POST', path: '/v1/tasks', body: { title } }, { status: 201 });
  step.journal.taskTitles.push(title);
  step.journal.taskIds.push(idIn(body));
}

/** Few distinct questions, so that the cache has something to do. */
const distinctQuestions = 20;

async function chat(step: Step, { stream }: { readonly stream: boolean }): Promise<void> {
  const content = `hello number ${step.journal.serial++ % distinctQuestions}`;
  const body = { model: 'embedded', stream, messages: [{ role: 'user', content }] };
  const isWhole = (answer: HttpAnswer) => (stream ? endsWithDone(answer) : undefined);
  const { headers } = await send(
    step,
    { method: 'POST', path: '/v1/chat/completions', body },
    { status: 200, isWhole },
  );
  const outcome = String(headers['x-cache'] ?? 'none');
  step.journal.cache[outcome] = (step.journal.cache[outcome] ?? 0) + 1;
}

function endsWithDone({ body }: HttpAnswer): string | undefined {
  return body.trimEnd().endsWith('data: [DONE]') ? undefined : `stream ended with ${JSON.stringify(body.slice(-200))}`;
}

async function startRun(step: Step): Promise<void> {
  const title = nextTitle(step, 'run');
  const sessionId = await openSession(step);
  const path = `/v1/sessions/${sessionId}/runs`;
  const { body } = await send(step, { method: 'POST', path, body: { input: `add a task: ${title}` } }, { status: 202 });
  step.journal.runs.push({ sessionId, runId: idIn(body), title });
}

async function followRun(step: Step): Promise<void> {
  const title = nextTitle(step, 'stream');
  const sessionId = await openSession(step);
  const first: HttpRequest = {
    method: 'POST',
    path: `/v1/sessions/${sessionId}/runs/stream`,
    body: { input: `add a task: ${title}` },
  };
  const onAccepted = (head: HttpHead) => step.journal.runs.push({ sessionId, runId: runIdIn(head), title });
  let answer = await send(step, first, { status: 200, onAccepted, isWhole: endsWithFinalEvent });
  const runId = runIdIn(answer);
  while (lastEventOf(answer.body) === 'shutdown') {
    step.journal.streamsMoved += 1;
    const headers = { 'last-event-id': lastIdOf(answer.body) };
    const path = `/v1/sessions/${sessionId}/runs/${runId}/stream`;
    answer = await send(step, { method: 'GET', path, headers }, { status: 200, isWhole: endsWithFinalEvent });
  }
}

function runIdIn({ headers }: HttpHead): string {
  return String(headers['x-run-id']);
}

async function openSession(step: Step): Promise<string> {
  const { body } = await send(step, { method: 'POST', path: '/v1/sessions', body: {} }, { status: 201 });
  return idIn(body);
}

const finalEvents = ['run.completed', 'shutdown'];

function endsWithFinalEvent({ body }: HttpAnswer): string | undefined {
  return finalEvents.includes(lastEventOf(body)) ? undefined : `stream ended after the event "${lastEventOf(body)}"`;
}

function lastEventOf(body: string): string {
  return [...body.matchAll(/^event: (.+)$/gm)].at(-1)?.[1] ?? '';
}

function lastIdOf(body: string): string {
  return [...body.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '0';
}

function nextTitle({ plan, journal }: Step, what: string): string {
  journal.serial += 1;
  return `${plan.name} ${what} ${journal.serial}`;
}

function idIn(body: string): string {
  // The status said that it is the object that was made.
  return (JSON.parse(body) as { readonly id: string }).id;
}

/** A request that is in the journal as failed. */
class Failed extends Error {
  override readonly name = 'Failed';
}

interface Expectation {
  readonly status: number;
  /** Told as soon as the service has said yes: that binds it, also when the rest of its answer never comes. */
  readonly onAccepted?: (head: HttpHead) => void;
  /** Says what an answer lacks. */
  readonly isWhole?: (answer: HttpAnswer) => string | undefined;
}

async function send(step: Step, request: HttpRequest, expectation: Expectation): Promise<HttpAnswer> {
  const { kind, journal, client } = step;
  const startedAtMs = Date.now();
  const began = performance.now();
  const onHead = (head: HttpHead) => {
    if (head.status === expectation.status) expectation.onAccepted?.(head);
  };
  const result = await client(request, onHead).catch((error: NoAnswer) => error);
  const failure = failureOf(result, expectation);
  const outcome: Outcome = { kind, startedAtMs, tookMs: performance.now() - began };
  journal.outcomes.push(failure === undefined ? outcome : { ...outcome, failure });
  if (failure !== undefined || result instanceof Error) throw new Failed(failure?.message);
  return result;
}

function failureOf(result: HttpAnswer | NoAnswer, { status, isWhole }: Expectation): Outcome['failure'] {
  const { connection } = result;
  if (result instanceof NoAnswer) return { connection, message: result.message };
  // Anything but NoAnswer was no failure of the network: it is the program's own.
  if (result instanceof Error) throw result;
  if (result.status !== status) return { connection, status: result.status, message: result.body.slice(0, 300) };
  const message = isWhole?.(result);
  return message === undefined ? undefined : { connection, status: result.status, message };
}
