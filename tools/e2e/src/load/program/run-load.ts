import { setTimeout as pause } from 'node:timers/promises';
import { exchange, type LoadJournal, newJournal } from './exchanges.ts';
import { httpClient } from './http-client.ts';
import { type ExchangeKind, exchangeKinds, type LoadPlan } from './load-plan.ts';
import type { LoadReport } from './load-report.ts';
import { sumUp } from './tally.ts';
import { verifyWrites } from './verify-writes.ts';

const secondMs = 1000;

/** Makes requests at a steady rate until the signal, then asks for everything that was acknowledged. */
export async function runLoad(
  plan: LoadPlan,
  signal: AbortSignal,
  journal: LoadJournal = newJournal(),
): Promise<LoadReport> {
  const startedAtMs = Date.now();
  const workers = Array.from({ length: plan.workers }, (_, index) => work(index, { plan, signal, journal }));
  await Promise.all(workers);
  const endedAtMs = Date.now();
  const checker = httpClient({ baseUrl: plan.baseUrl, timeoutMs: plan.requestTimeoutMs, connections: 'new' });
  const { name } = plan;
  const { streamsMoved, cache } = journal;
  const figures = sumUp(journal.outcomes);
  const integrity = await verifyWrites(checker, plan, journal);
  return { name, startedAtMs, endedAtMs, ...figures, streamsMoved, cache, integrity };
}

interface Work {
  readonly plan: LoadPlan;
  readonly signal: AbortSignal;
  readonly journal: LoadJournal;
}

/** Every second worker opens a connection for each request, as new clients do; the others keep theirs. */
async function work(index: number, { plan, signal, journal }: Work): Promise<void> {
  const connections = index % 2 === 0 ? 'kept' : 'new';
  const client = httpClient({ baseUrl: plan.baseUrl, timeoutMs: plan.requestTimeoutMs, connections });
  const kinds = shuffled(exchangeKinds.flatMap((kind) => new Array<ExchangeKind>(plan.mix[kind] ?? 0).fill(kind)));
  const intervalMs = (secondMs * plan.workers) / plan.requestsPerSecond;
  let nextAtMs = performance.now() + (intervalMs * index) / plan.workers;
  for (let turn = index; !signal.aborted; turn += 1) {
    await pause(Math.max(0, nextAtMs - performance.now()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const kind = kinds[turn % kinds.length];
    if (kind !== undefined) await exchange(kind, { plan, journal, client });
    // Who is late does not catch up with a burst.
    nextAtMs = Math.max(nextAtMs + intervalMs, performance.now());
  }
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
