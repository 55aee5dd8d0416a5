import { describe, expect, it } from '@jest/globals';
import { checkAcknowledged, checkIntegrity, checkLoad } from '../src/load/check-load.ts';
import { newJournal } from '../src/load/program/exchanges.ts';
import { exchangeKinds, type LoadPlan } from '../src/load/program/load-plan.ts';
import type { LoadReport } from '../src/load/program/load-report.ts';
import { runLoad } from '../src/load/program/run-load.ts';
import { type Defects, startFakeAgent } from './fake-agent.ts';

/** Long enough that one of each kind has been asked for. */
const enoughRequests = 40;

async function load(defects: Defects, plan: Partial<LoadPlan> = {}): Promise<LoadReport & { readonly opened: number }> {
  const agent = await startFakeAgent(defects);
  const stop = new AbortController();
  const journal = newJournal();
  const full = {
    name: 'load',
    baseUrl: agent.baseUrl,
    requestsPerSecond: 400,
    workers: 4,
    mix: Object.fromEntries(exchangeKinds.map((kind) => [kind, 1])),
    verifyDeadlineMs: 200,
    requestTimeoutMs: 5000,
    ...plan,
  };
  const watch = setInterval(() => {
    if (journal.outcomes.length >= enoughRequests) stop.abort();
  }, 5);
  try {
    return { ...(await runLoad(full, stop.signal, journal)), opened: agent.connections() };
  } finally {
    clearInterval(watch);
    await agent.close();
  }
}

describe('a load', () => {
  it('finds nothing wrong with a service that keeps its word', async () => {
    const report = await load({});
    expect(report.failures).toEqual([]);
    expect(report.integrity).toMatchObject({ lost: [], doubled: [], unfinished: [] });
    expect(report.integrity.tasksAcknowledged).toBeGreaterThan(0);
    expect(report.integrity.runsCompleted).toBe(report.integrity.runsAcknowledged);
    expect(Object.keys(report.byKind).sort()).toEqual([...exchangeKinds].sort());
    expect(report.cache.HIT).toBeGreaterThan(0);
    expect(() => checkLoad(report, { fewestRequests: enoughRequests })).not.toThrow();
  });

  it('means nothing when too few writes were acknowledged to lose one', async () => {
    const report = await load({}, { mix: { list: 1 } });
    const nothing = /acknowledged writes of load: expected 1 tasks and 0 runs at least, but it is 0 tasks and 0 runs/;
    expect(() => checkIntegrity(report, { tasks: 1, runs: 0 })).toThrow(nothing);
    expect(() => checkLoad(report, { fewestWrites: { tasks: 1, runs: 0 } })).toThrow(nothing);
    expect(() => checkLoad(report)).not.toThrow();
    const written = await load({});
    expect(() => checkIntegrity(written, { tasks: 1, runs: 1 })).not.toThrow();
  });

  it('notices a task that was acknowledged and is not there', async () => {
    const report = await load({ loses: 2 });
    expect(report.integrity.lost).toHaveLength(1);
    expect(() => checkLoad(report)).toThrow('acknowledged writes of load that were lost: expected []');
  });

  it('notices a task that is there twice', async () => {
    const report = await load({ doubles: 2 });
    expect(report.integrity.doubled).toHaveLength(1);
    expect(() => checkLoad(report)).toThrow('writes of load that happened more than once');
  });

  it('notices runs that do not end', async () => {
    const report = await load({ stalls: true });
    expect(report.integrity.unfinished.length).toBe(report.integrity.runsAcknowledged);
    expect(() => checkLoad(report)).toThrow('runs of load that did not complete');
  });

  it('counts a request that is refused, once, with its status', async () => {
    const report = await load({ refuses: 9 });
    expect(report.failed).toBe(1);
    expect(report.failures).toEqual([
      expect.objectContaining({ status: 503, message: expect.stringContaining('draining') }),
    ]);
    expect(() => checkLoad(report)).toThrow(
      /the requests of load that failed: .* but it is 1:\n {2}1 × 503, .*draining/,
    );
    expect(() => checkLoad(report, { mostFailed: 1 })).not.toThrow();
  });

  it('counts a connection that is cut and does not repeat the request', async () => {
    const report = await load({ cuts: 9 });
    expect(report.failures).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/ECONNRESET|socket hang up/) }),
    ]);
    expect(report.integrity.doubled).toEqual([]);
  });

  it('follows a stream that a draining process hands on, without a failure', async () => {
    const report = await load({ drains: true });
    expect(report.streamsMoved).toBeGreaterThan(0);
    expect(report.failed).toBe(0);
  });

  it('opens connections in one half of its workers and keeps them in the other', async () => {
    const list = { mix: { list: 1 } };
    const [kept, both] = [await load({}, { ...list, workers: 1 }), await load({}, { ...list, workers: 4 })];
    // One for the worker, one for the check afterwards.
    expect(kept.opened).toBe(2);
    expect(both.opened).toBeGreaterThan(enoughRequests / 4);
  });
});

describe('checkAcknowledged', () => {
  const fewest = { tasks: 2, runs: 1 };

  it.each([
    { tasks: 1, runs: 1 },
    { tasks: 2, runs: 0 },
  ])('refuses $tasks tasks and $runs runs where two and one are the fewest', (actual) => {
    expect(() => checkAcknowledged(actual, fewest, 'writes')).toThrow('writes: expected 2 tasks and 1 runs at least');
  });

  it('is content with the fewest', () => {
    expect(() => checkAcknowledged(fewest, fewest, 'writes')).not.toThrow();
  });
});
