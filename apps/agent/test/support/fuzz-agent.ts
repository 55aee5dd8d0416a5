import fc from 'fast-check';
import { countBy } from '../endurance/load.ts';
import { createClient } from './api-client.ts';
import { arbitraryRequest, type KnownIds } from './arbitrary-request.ts';
import type { TestAgent } from './test-agent.ts';

export interface FuzzReport {
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** The request whose answer is none of ours, and that answer; empty when there is none. */
  readonly failures: readonly string[];
}

/** Sends requests made from the description of the API until one is answered with 5xx or without a code. */
export async function fuzzAgent(
  agent: TestAgent,
  { requests, seed }: { readonly requests: number; readonly seed: number },
): Promise<FuzzReport> {
  const statuses: number[] = [];
  const document = JSON.parse(await (await fetch(`${agent.url}/openapi.json`)).text());
  const request = arbitraryRequest(document, await knownIds(agent));
  const property = fc.asyncProperty(request, async ({ payload, ...rest }) => {
    const body = payload !== undefined && { payload };
    // The method is one of the document.
    const answer = await agent.app.inject({ ...(rest as { method: 'GET' }), ...body });
    statuses.push(answer.statusCode);
    if (answer.statusCode >= 500) throw new Error(`${answer.statusCode} ${answer.body}`);
    if (answer.statusCode >= 400 && typeof answer.json().error.code !== 'string')
      throw new Error(`${answer.statusCode} without a code: ${answer.body}`);
  });
  const result = await fc.check(property, { numRuns: requests, seed, endOnFailure: true });
  return { statuses: countBy(statuses), failures: result.failed ? [fc.defaultReportMessage(result) ?? 'failed'] : [] };
}

async function knownIds({ url }: TestAgent): Promise<KnownIds> {
  const api = createClient(url);
  const { body: task } = await api.post('/v1/tasks', { title: 'known' });
  const session = await api.newSession();
  const { body: run } = await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'hello' });
  return { task: task.id, session, run: run.id };
}
