import { describe, expect, it } from '@jest/globals';
import { exchange, type LoadJournal, newJournal } from './exchanges.ts';
import { type HttpAnswer, type HttpClient, NoAnswer } from './http-client.ts';
import type { LoadPlan } from './load-plan.ts';

const plan: LoadPlan = {
  name: 'load',
  baseUrl: 'http://agent',
  requestsPerSecond: 1,
  workers: 1,
  mix: { 'run-stream': 1 },
  verifyDeadlineMs: 0,
  requestTimeoutMs: 0,
};
const run = { sessionId: 's', runId: 'r', title: 'load stream 1' };

function answer(status: number, body: string): HttpAnswer {
  return { status, headers: { 'x-run-id': 'r' }, body, connection: 'new' };
}

/** Follows one run; what a stream answers is given, one after the other. An error is a cut after the head. */
async function followRun(...streams: readonly (HttpAnswer | 'cut')[]): Promise<LoadJournal> {
  const journal = newJournal();
  const left = [...streams];
  const client: HttpClient = async ({ path }, onHead) => {
    const next = path === '/v1/sessions' ? answer(201, '{"id":"s"}') : (left.shift() ?? 'cut');
    onHead?.(next === 'cut' ? answer(200, '') : next);
    if (next === 'cut') throw new NoAnswer('ECONNRESET', 'new');
    return next;
  };
  await exchange('run-stream', { plan, journal, client });
  return journal;
}

const completed = answer(200, 'id: 3\nevent: run.completed\n');
const draining = answer(200, 'id: 2\nevent: shutdown\n');

function failuresOf({ outcomes }: LoadJournal): readonly string[] {
  return outcomes.flatMap(({ failure }) => failure?.message ?? []);
}

describe('the exchange of a streamed run', () => {
  it('takes the run of a stream that is cut for acknowledged, and the request for failed', async () => {
    const journal = await followRun('cut');
    expect(journal.runs).toEqual([run]);
    expect(failuresOf(journal)).toEqual(['ECONNRESET']);
    expect(journal.outcomes).toHaveLength(2);
  });

  it('takes the run of a stream that ends too early for acknowledged, and the request for failed', async () => {
    const journal = await followRun(answer(200, 'id: 1\nevent: run.started\n'));
    expect(journal.runs).toEqual([run]);
    expect(failuresOf(journal)).toEqual(['stream ended after the event "run.started"']);
  });

  it('takes the run of a whole stream for acknowledged, once', async () => {
    const journal = await followRun(completed);
    expect(journal.runs).toEqual([run]);
    expect(failuresOf(journal)).toEqual([]);
  });

  it('takes the run of a stream that moves for acknowledged, once, also when it is cut where it has moved to', async () => {
    expect((await followRun(draining, completed)).runs).toEqual([run]);
    const cut = await followRun(draining, 'cut');
    expect(cut.runs).toEqual([run]);
    expect(failuresOf(cut)).toEqual(['ECONNRESET']);
  });

  it('takes no run for acknowledged whose request is refused, though it may have been made', async () => {
    const journal = await followRun(answer(503, 'draining'));
    expect(journal.runs).toEqual([]);
    expect(failuresOf(journal)).toEqual(['draining']);
  });
});
