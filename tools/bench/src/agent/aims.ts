import type { LegName } from './leg.ts';
import type { LegSummary } from './summarise-leg.ts';

export interface Verdict {
  readonly text: string;
  readonly isMet: boolean;
}

/** How much a cached answer may cost, as a multiple of Fastify with one GET of Redis. */
const cachedLimit = 1.25;
/** How much less a cached answer has to cost than the peer's. */
const peerFactor = 5;

/** What is aimed at, and whether this run says that it is met. */
export function judgeAims(summaries: readonly LegSummary[]): readonly Verdict[] {
  const byName = new Map(summaries.map((summary) => [summary.name, summary]));
  return [
    ...judgeCached(byName.get('agent-process'), 'a cached answer out of the process'),
    ...judgeCached(byName.get('agent-redis'), 'a cached answer out of Redis'),
    ...judgePeer(byName.get('agent-process'), byName.get('portkey-cache')),
  ];
}

function judgeCached(summary: LegSummary | undefined, what: string): readonly Verdict[] {
  const times = summary?.timesBase?.median;
  if (times === undefined) return [];
  const isMet = times <= cachedLimit;
  const text = `${what} takes ${times.toFixed(2)} × the processor time of Fastify with one Redis GET; aimed at is ${cachedLimit}`;
  return [{ text, isMet }];
}

function judgePeer(own: LegSummary | undefined, peer: LegSummary | undefined): readonly Verdict[] {
  if (own === undefined || peer === undefined) return [];
  const factor = peer.allCpuUs.median / own.allCpuUs.median;
  const text = `a cached answer takes ${factor.toFixed(1)} × less processor time than Portkey with its cache asked for; aimed at is ${peerFactor}`;
  return [{ text, isMet: factor >= peerFactor }];
}

/** What asking the model through a gateway adds to calling the upstream directly. */
export function describeOverhead(
  summaries: readonly LegSummary[],
  pair: readonly [LegName, LegName],
): readonly string[] {
  const [through, direct] = pair.map((name) => summaries.find((summary) => summary.name === name));
  if (through === undefined || direct === undefined) return [];
  const addedMs = through.aloneP50Ms - direct.aloneP50Ms;
  return [
    `${through.name} adds ${addedMs.toFixed(2)} ms (p50, one caller) and ${through.allCpuUs.median.toFixed(0)} µs of processor time to the upstream's own answer`,
  ];
}
