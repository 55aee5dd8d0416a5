import pg from 'pg';
import type { Checks } from './checks.ts';

interface RunRow {
  readonly id: string;
  readonly status: string;
  readonly attempt: number;
  readonly ends: number;
  readonly gaps: number;
}

export interface LedgerFacts {
  readonly retried: number;
  readonly mostAttempts: number;
}

/** Waits until no run is queued or running. */
export async function untilQueueIsEmpty(url: string, timeoutMs: number): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const [row] = await ask<{ count: number }>(
      url,
      "select count(*)::int as count from runs where status in ('queued', 'running')",
    );
    if (row?.count === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`${row?.count} runs are unfinished after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Compares what was promised to clients with what PostgreSQL holds: each acknowledged run completed, ended by one
 * event, its events numbered without a gap, and its side effect there once.
 */
export async function checkRuns(
  url: string,
  promised: ReadonlyMap<string, string>,
  checks: Checks,
): Promise<LedgerFacts> {
  const rows = await readRuns(url);
  const known = new Map(rows.map((row) => [row.id, row]));
  const isPromised = ({ id }: RunRow) => promised.has(id);
  checks.equal('runs acknowledged and lost', [...promised.keys()].filter((id) => !known.has(id)).length, 0);
  checks.equal('runs not completed', rows.filter((row) => isPromised(row) && row.status !== 'completed').length, 0);
  checks.equal('runs without exactly one end', rows.filter((row) => isPromised(row) && row.ends !== 1).length, 0);
  checks.equal('runs with a gap in their events', rows.filter(({ gaps }) => gaps !== 0).length, 0);
  const titles = await titleCounts(url);
  const effects = [...promised.values()].map((title) => titles.get(title) ?? 0);
  checks.equal('side effects missing', effects.filter((count) => count === 0).length, 0);
  checks.equal('side effects twice', [...titles.values()].filter((count) => count > 1).length, 0);
  const attempts = rows.map(({ attempt }) => attempt);
  return { retried: attempts.filter((attempt) => attempt > 1).length, mostAttempts: Math.max(...attempts) };
}

function readRuns(url: string): Promise<readonly RunRow[]> {
  return ask<RunRow>(
    url,
    `select id, status, attempt, coalesce(ends, 0)::int as ends, coalesce(gaps, 0)::int as gaps from runs
     left join (
       select run_id, max(seq) - count(*) as gaps,
         count(*) filter (where kind in ('run.completed', 'run.failed', 'run.cancelled')) as ends
       from run_events group by run_id
     ) events on events.run_id = runs.id`,
  );
}

async function titleCounts(url: string): Promise<ReadonlyMap<string, number>> {
  const rows = await ask<{ title: string; count: number }>(
    url,
    'select title, count(*)::int as count from tasks group by title',
  );
  return new Map(rows.map(({ title, count }) => [title, count]));
}

async function ask<Row extends object>(url: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
