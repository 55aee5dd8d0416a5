import { checkSucceeded, checkThat } from '../../check.ts';
import type { World } from '../../world/world.ts';

export interface PodRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: object;
}

/** Runs in the agent's container, which has Node and nothing else that speaks HTTP. */
const program = `
const { stdin } = process;
let text = '';
for await (const part of stdin) text += part;
const { method, path, body } = JSON.parse(text);
const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
const answer = await fetch('http://127.0.0.1:8000' + path, { method, ...sent });
console.log(JSON.stringify({ status: answer.status, task: await answer.json() }));
`;

/** What the API says of a task. */
export interface TaskAnswer {
  readonly id: string;
  readonly title: string;
}

/** Asks one certain pod of the agent, where the Service would choose. */
export async function askPod({ kubectl }: World, pod: string, request: PodRequest): Promise<TaskAnswer> {
  const command = ['exec', '--stdin', pod, '--container', 'agent', '--', 'node', '--input-type=module', '-e', program];
  const { stdout } = checkSucceeded(await kubectl(command, { input: JSON.stringify(request) }));
  const { status, task } = JSON.parse(stdout);
  checkThat(status < 300, `${request.method} ${request.path} of ${pod}`, { expected: 'status 2xx', actual: stdout });
  return task;
}
