import { checkEqual, checkSucceeded } from '../check.ts';
import { E2eError } from '../e2e-error.ts';
import type { HttpAnswer, HttpRequest } from '../load/program/http-client.ts';
import type { NamespaceRecord } from '../recorder/namespace-record.ts';
import type { Kubectl } from './kubectl.ts';
import type { LiveObjects } from './live-objects.ts';
import { isReady } from './pod-facts.ts';
import { programPod, programsConfigMap } from './program-pod.ts';
import { waitFor } from './wait-for.ts';

/** The agent's API as a pod of the cluster sees it, through the Service. */
export interface AgentClient {
  /** One request; any status is an answer. @throws {E2eError} `command` when there is none */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Creates a task and returns its id; any other answer than 201 is an error. */
  createTask(title: string): Promise<string>;
  /** The titles of all tasks. */
  taskTitles(): Promise<readonly string[]>;
}

export interface AgentPlace {
  readonly image: string;
  readonly baseUrl: string;
  readonly objects: LiveObjects;
  readonly kubectl: Kubectl;
  readonly record: NamespaceRecord;
  readonly signal: AbortSignal;
}

const callerName = 'e2e-caller';
const createdStatus = 201;
const okStatus = 200;

export function agentClient(place: AgentPlace): AgentClient {
  const request: AgentClient['request'] = async (order) => call(order, place, await callerOf(place));
  return { request, createTask: (title) => createTask(request, title), taskTitles: () => taskTitles(request) };
}

/** The pod that calls is made at the first call, and again when a node has taken it along. */
async function callerOf({ image, objects, record, signal }: AgentPlace): Promise<string> {
  const known = await objects.find('Pod', callerName);
  if (known !== undefined && isReady(known)) return callerName;
  await objects.apply(await programsConfigMap());
  await objects.apply(programPod({ name: callerName, role: 'caller', image, program: ['idle-main.ts'] }));
  const isRunning = (pod = record.find('Pod', callerName)) => pod !== undefined && isReady(pod);
  await waitFor('the pod that calls the agent', () => isRunning(), { record, signal });
  return callerName;
}

async function call(request: HttpRequest, { kubectl, baseUrl }: AgentPlace, caller: string): Promise<HttpAnswer> {
  const program = ['node', '--disable-warning=ExperimentalWarning', '/e2e/call-main.ts'];
  const result = await kubectl(['exec', '--stdin', caller, '--', ...program], {
    input: JSON.stringify({ baseUrl, request }),
  });
  const answer: HttpAnswer | { readonly error: string } = JSON.parse(checkSucceeded(result).stdout);
  if (!('error' in answer)) return answer;
  const what = `${request.method} ${request.path}`;
  throw new E2eError('command', { what, value: 'no answer', detail: answer.error });
}

type Request = AgentClient['request'];

async function createTask(request: Request, title: string): Promise<string> {
  const answer = await request({ method: 'POST', path: '/v1/tasks', body: { title } });
  checkEqual(answer.status, createdStatus, `the status of POST /v1/tasks (${answer.body})`);
  return JSON.parse(answer.body).id;
}

async function taskTitles(request: Request): Promise<readonly string[]> {
  const titles: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const path: string = `/v1/tasks?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer = await request({ method: 'GET', path });
    checkEqual(answer.status, okStatus, `the status of GET ${path} (${answer.body})`);
    const page: TaskPage = JSON.parse(answer.body);
    titles.push(...page.data.map(({ title }) => title));
    cursor = page.next_cursor;
  }
  return titles;
}

interface TaskPage {
  readonly data: readonly { readonly title: string }[];
  readonly next_cursor: string | null;
}
