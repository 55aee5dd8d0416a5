import { describe, expect, it } from '@jest/globals';
import { newJournal } from './exchanges.ts';
import type { HttpClient } from './http-client.ts';
import type { Integrity } from './load-report.ts';
import { verifyWrites } from './verify-writes.ts';

const run = { sessionId: 's', runId: 'r', title: 'load stream 1' };
const verifyDeadlineMs = 60_000;

/** Verifies one run, of which the service says this. */
async function verify(status: number, body: object, titles: readonly string[]): Promise<Integrity> {
  const tasks = { data: titles.map((title) => ({ title })), next_cursor: null };
  const client: HttpClient = async ({ path }) => {
    const said = path.startsWith('/v1/tasks') ? { status: 200, body: tasks } : { status, body };
    return { status: said.status, headers: {}, body: JSON.stringify(said.body), connection: 'new' };
  };
  const plan = {
    name: 'load',
    baseUrl: 'http://agent',
    requestsPerSecond: 1,
    workers: 1,
    mix: {},
    verifyDeadlineMs,
    requestTimeoutMs: 0,
  };
  return verifyWrites(client, plan, { ...newJournal(), runs: [run] });
}

describe('verifyWrites', () => {
  it('finds nothing wrong with a run that completed and made its task once', async () => {
    const integrity = await verify(200, { status: 'completed' }, [run.title]);
    expect(integrity).toMatchObject({ runsAcknowledged: 1, runsCompleted: 1, lost: [], doubled: [], unfinished: [] });
  });

  it('says of a run that is not there that it is missing, without waiting for it', async () => {
    const integrity = await verify(404, { error: { code: 'not-found' } }, []);
    expect(integrity).toMatchObject({ runsCompleted: 0, lost: [run.title], unfinished: ['r missing'] });
  });

  it('says how a run ended that did not complete', async () => {
    const integrity = await verify(200, { status: 'failed' }, []);
    expect(integrity).toMatchObject({ runsCompleted: 0, lost: [run.title], unfinished: ['r failed'] });
  });

  it('notices a run that made its task twice', async () => {
    const integrity = await verify(200, { status: 'completed' }, [run.title, run.title]);
    expect(integrity).toMatchObject({ lost: [], doubled: [run.title] });
  });
});
