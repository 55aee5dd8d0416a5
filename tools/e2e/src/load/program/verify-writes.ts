import { setTimeout as pause } from 'node:timers/promises';
import type { AcknowledgedRun, LoadJournal } from './exchanges.ts';
import type { HttpAnswer, HttpClient } from './http-client.ts';
import type { LoadPlan } from './load-plan.ts';
import type { Integrity } from './load-report.ts';

const retryMs = 250;
const okStatus = 200;
const missingStatus = 404;

interface Verification {
  readonly client: HttpClient;
  readonly endsAtMs: number;
}

/** Asks the service for everything that it has acknowledged: each write once, each run completed with its task made once. */
export async function verifyWrites(client: HttpClient, plan: LoadPlan, journal: LoadJournal): Promise<Integrity> {
  const verification = { client, endsAtMs: Date.now() + plan.verifyDeadlineMs };
  const { taskTitles, runs } = journal;
  const statuses = await Promise.all(inLanes(runs, (run) => waitForEnd(run, verification)));
  const counts = await countTitles(plan.name, verification);
  const acknowledged = [...taskTitles, ...runs.map(({ title }) => title)];
  return {
    tasksAcknowledged: taskTitles.length,
    runsAcknowledged: runs.length,
    runsCompleted: statuses.filter((status) => status === 'completed').length,
    lost: acknowledged.filter((title) => !counts.has(title)),
    doubled: [...counts].flatMap(([title, count]) => (count > 1 ? [title] : [])),
    unfinished: runs.flatMap(({ runId }, index) =>
      statuses[index] === 'completed' ? [] : [`${runId} ${statuses[index]}`],
    ),
  };
}

const lanes = 8;

/** One promise for each item; as many are worked on at once as there are lanes. */
function inLanes<Item, Value>(items: readonly Item[], work: (item: Item) => Promise<Value>): readonly Promise<Value>[] {
  const tails: Promise<unknown>[] = Array.from({ length: lanes }, () => Promise.resolve());
  return items.map((item, index) => {
    const result = (tails[index % lanes] ?? Promise.resolve()).then(() => work(item));
    tails[index % lanes] = result;
    return result;
  });
}

async function waitForEnd({ sessionId, runId }: AcknowledgedRun, verification: Verification): Promise<string> {
  const path = `/v1/sessions/${sessionId}/runs/${runId}`;
  for (;;) {
    const status = await statusOf(path, verification);
    if (!['queued', 'running'].includes(status) || Date.now() > verification.endsAtMs) return status;
    await pause(retryMs);
  }
}

/** An acknowledged run that is not there does not come by waiting. */
async function statusOf(path: string, verification: Verification): Promise<string> {
  const answer = await get(path, verification, [okStatus, missingStatus]);
  if (answer.status === missingStatus) return 'missing';
  // The schema of the API says so.
  return (JSON.parse(answer.body) as { readonly status: string }).status;
}

async function countTitles(name: string, verification: Verification): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const path: string = `/v1/tasks?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: TaskPage = JSON.parse((await get(path, verification, [okStatus])).body);
    for (const { title } of page.data)
      if (title.startsWith(`${name} `)) counts.set(title, (counts.get(title) ?? 0) + 1);
    cursor = page.next_cursor;
  }
  return counts;
}

interface TaskPage {
  readonly data: readonly { readonly title: string }[];
  readonly next_cursor: string | null;
}

/** The check comes after the load: here an answer counts, not how often it was asked for. */
async function get(path: string, { client, endsAtMs }: Verification, answers: readonly number[]): Promise<HttpAnswer> {
  for (;;) {
    const answer = await client({ method: 'GET', path }).catch((error: Error) => error);
    if (!(answer instanceof Error) && answers.includes(answer.status)) return answer;
    if (Date.now() > endsAtMs)
      throw answer instanceof Error ? answer : new Error(`${path}: ${answer.status} ${answer.body}`);
    await pause(retryMs);
  }
}
