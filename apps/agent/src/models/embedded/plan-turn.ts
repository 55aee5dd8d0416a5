import type { TaskRequest } from './parse-requests.ts';

/** A result the model was given for one of its calls, in the order of the calls. */
export interface ToolResult {
  readonly tool: string;
  readonly output: unknown;
  readonly isError: boolean;
}

/** What the model does next: call a tool, or answer. */
export type Turn =
  | { readonly kind: 'call'; readonly tool: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'answer'; readonly text: string };

/** Clients of the chat route bring results of their own, which may hold anything. */
interface TaskView {
  readonly id: unknown;
  readonly title: string;
  readonly status?: unknown;
  readonly priority?: unknown;
  readonly due_at?: unknown;
}

/** Plays the requests against the results so far; the first call without a result is the next one. */
export function planTurn(
  requests: readonly TaskRequest[],
  results: readonly ToolResult[],
  tools: readonly string[],
): Turn {
  const script = new Script(results, tools);
  const sentences: string[] = [];
  for (const request of requests) {
    const sentence = fulfil(request, script);
    if (typeof sentence !== 'string') return sentence;
    sentences.push(sentence);
  }
  return { kind: 'answer', text: sentences.join('\n') };
}

type Call = Extract<Turn, { readonly kind: 'call' }>;

class Script {
  readonly #results: readonly ToolResult[];
  readonly #tools: readonly string[];
  #used = 0;

  constructor(results: readonly ToolResult[], tools: readonly string[]) {
    this.#results = results;
    this.#tools = tools;
  }

  /** The result of the call if it was made before, else the call, else why it cannot be made. */
  call(tool: string, input: Call['input']): ToolResult | Call | string {
    const result = this.#results[this.#used];
    this.#used += 1;
    if (result !== undefined) return result.isError ? `I could not do that: ${messageOf(result.output)}` : result;
    return this.#tools.includes(tool)
      ? { kind: 'call', tool, input }
      : `I would need the tool ${tool}, which this conversation does not offer; the model task-agent brings it.`;
  }
}

function fulfil(request: TaskRequest, script: Script): string | Call {
  if (request.kind === 'create') return create(request, script);
  if (request.kind === 'list') return list(request, script);
  return changeReferenced(request, script);
}

function create({ title, due, priority }: Extract<TaskRequest, { kind: 'create' }>, script: Script): string | Call {
  const result = script.call('create_task', { title, ...(due && { due_at: due }), ...(priority && { priority }) });
  if (!isResult(result)) return result;
  return `Added “${title}”${due ? `, due ${due}` : ''}${priority ? `, ${priority} priority` : ''}.`;
}

function list(
  { status, priority, search, dueBefore }: Extract<TaskRequest, { kind: 'list' }>,
  script: Script,
): string | Call {
  const filter = {
    ...(status && { status }),
    ...(priority && { priority }),
    ...(search && { search }),
    ...(dueBefore && { due_before: dueBefore }),
  };
  const result = script.call('list_tasks', filter);
  if (!isResult(result)) return result;
  const tasks = tasksOf(result.output);
  const kind = `${status === undefined ? '' : `${status} `}task${tasks.length === 1 ? '' : 's'}`;
  if (tasks.length === 0) return `You have no ${kind}${search ? ` about “${search}”` : ''}.`;
  return [`You have ${tasks.length} ${kind}:`, ...tasks.map(lineOf)].join('\n');
}

type Referenced = Exclude<TaskRequest, { kind: 'create' | 'list' }>;

function changeReferenced(request: Referenced, script: Script): string | Call {
  const found = findTask(request, script);
  if (typeof found === 'string' || 'kind' in found) return found;
  const { tool, input, sentence } = actions[request.kind](found, request);
  const result = script.call(tool, { id: found.id, ...input });
  return isResult(result) ? sentence(result.output) : result;
}

function findTask({ kind, reference }: Referenced, script: Script): TaskView | string | Call {
  const isFinished = kind === 'complete' ? { status: 'open' } : {};
  const result = script.call('list_tasks', { search: reference, ...isFinished });
  if (!isResult(result)) return result;
  const tasks = tasksOf(result.output);
  const exact = tasks.filter(({ title }) => title.toLowerCase() === reference.toLowerCase());
  const [only, ...others] = exact.length > 0 ? exact : tasks;
  if (only === undefined) return `I found no ${kind === 'complete' ? 'open ' : ''}task that matches “${reference}”.`;
  return others.length === 0
    ? only
    : [
        `“${reference}” matches ${others.length + 1} tasks; which one do you mean?`,
        ...[only, ...others].map(lineOf),
      ].join('\n');
}

interface Action {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sentence: (output: unknown) => string;
}

const actions: Readonly<Record<Referenced['kind'], (task: TaskView, request: Referenced) => Action>> = {
  complete: ({ title }) => ({ tool: 'complete_task', input: {}, sentence: () => `Done: “${title}”.` }),
  delete: ({ title }) => ({ tool: 'delete_task', input: {}, sentence: () => `Deleted “${title}”.` }),
  show: () => ({
    tool: 'get_task',
    input: {},
    sentence: (output) =>
      tasksOf({ tasks: [output] })
        .map(lineOf)
        .join('\n'),
  }),
  update: ({ title }, request) => ({
    tool: 'update_task',
    input: changesOf(request),
    sentence: () => `Updated “${title}”: ${describeChanges(request)}.`,
  }),
};

function changesOf(request: Referenced): Readonly<Record<string, unknown>> {
  if (request.kind !== 'update') return {};
  const { title, due, priority, status } = request;
  return {
    ...(title && { title }),
    ...(due && { due_at: due }),
    ...(priority && { priority }),
    ...(status && { status }),
  };
}

function describeChanges(request: Referenced): string {
  const changes = Object.entries(changesOf(request)).map(
    ([name, value]) => `${name === 'due_at' ? 'due' : name} ${value}`,
  );
  return changes.length === 0 ? 'nothing to change' : changes.join(', ');
}

function isResult(value: ToolResult | Call | string): value is ToolResult {
  return typeof value === 'object' && 'output' in value;
}

function tasksOf(output: unknown): readonly TaskView[] {
  const tasks = typeof output === 'object' && output !== null && 'tasks' in output ? output.tasks : [];
  return Array.isArray(tasks) ? tasks.filter(isTask) : [];
}

function isTask(value: unknown): value is TaskView {
  return (
    typeof value === 'object' && value !== null && 'id' in value && 'title' in value && typeof value.title === 'string'
  );
}

function lineOf({ title, status, priority, due_at: dueAt }: TaskView): string {
  const facts = [
    status === 'done' ? 'done' : '',
    typeof priority === 'string' && priority !== 'normal' ? `${priority} priority` : '',
    typeof dueAt === 'string' ? `due ${dueAt.slice(0, 10)}` : '',
  ];
  const known = facts.filter((fact) => fact !== '');
  return `- ${title}${known.length === 0 ? '' : ` (${known.join(', ')})`}`;
}

function messageOf(output: unknown): string {
  const message = typeof output === 'object' && output !== null && 'message' in output ? output.message : undefined;
  if (typeof message === 'string') return message;
  return typeof output === 'string' ? output : 'the tool failed.';
}
