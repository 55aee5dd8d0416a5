import { barChart } from '../report/bar-chart.ts';
import { formatTable } from '../report/format-table.ts';
import type { Report, ReportSection } from '../report/write-report.ts';
import { busyConnections, coldRequests } from './compare-legs.ts';
import { type LegGroup, legs } from './leg.ts';
import type { LegSummary, Spread } from './summarise-leg.ts';

export interface ComparisonFacts {
  readonly facts: string;
  readonly summaries: readonly LegSummary[];
  readonly verdicts: readonly string[];
}

/** The page of one comparison. */
export function comparisonReport({ facts, summaries, verdicts }: ComparisonFacts): Report {
  return {
    name: 'agent',
    title: 'task-api agent: processor time and latency, side by side',
    facts,
    sections: groups.map(([group, title]) => sectionOf(title, ofGroup(summaries, group))),
    notes: [...verdicts, ...notes],
    data: { facts, summaries },
  };
}

const groups: readonly (readonly [LegGroup, string])[] = [
  ['cached', 'An answer that is there already'],
  ['asked', 'An answer for which the model is asked, sent at once'],
  ['streamed', 'An answer for which the model is asked, streamed'],
];

const notes = [
  'µs/request: processor time of the server, Redis and PostgreSQL, from /proc; the load generator and the upstream are other processes and not in it.',
  `busy: ${busyConnections} callers at once, each asking again as soon as it is answered; alone: one caller. Medians over rounds; × is taken within each round.`,
  `cold: processor time a request over the first ${coldRequests} requests of a process. A leg that has to be prepared has none.`,
  'agent: default configuration, rate limit on, API keys off. "Hit in Redis": more questions in turn than the process keeps, so that each has to come from Redis; the column "in Redis" (keys found a request) proves it. "otherwise": answers that were not what the row says, mostly because a busy process read the reply of Redis later than it waits for it.',
  'Portkey: what npm has of the gateway, with its cache asked for by configuration. That build has the cache compiled off and asks the upstream every time; it answered 500 to every streamed request, so streams of it are not measured.',
];

function ofGroup(summaries: readonly LegSummary[], group: LegGroup): readonly LegSummary[] {
  return summaries.filter(({ name }) => legs[name].group === group);
}

function sectionOf(title: string, summaries: readonly LegSummary[]): ReportSection {
  const bars = summaries.map(({ name, cpuUs, allCpuUs, requestsPerSecond }) => ({
    label: legs[name].text,
    parts: [cpuUs.server, cpuUs.redis, cpuUs.postgres],
    note: `${round(allCpuUs.median)} µs   ${round(requestsPerSecond.median)}/s`,
  }));
  const picture = barChart({ partNames: ['server', 'Redis', 'PostgreSQL'], bars });
  return { title, picture, table: formatTable([header, ...summaries.map(rowOf)]) };
}

const header = [
  '',
  'req/s (min–max)',
  'µs/request (min–max)',
  'server + redis + pg',
  'upstream',
  '× base',
  'busy p50 / p99 ms',
  'alone p50 / p99 ms',
  'cold µs',
  'in Redis',
  'otherwise',
];

function rowOf(summary: LegSummary): readonly string[] {
  const { cpuUs, timesBase, coldCpuUs } = summary;
  return [
    legs[summary.name].text,
    spread(summary.requestsPerSecond),
    spread(summary.allCpuUs),
    `${round(cpuUs.server)} + ${round(cpuUs.redis)} + ${round(cpuUs.postgres)}`,
    round(cpuUs.upstream),
    timesBase === undefined ? '' : timesBase.median.toFixed(2),
    `${summary.busyP50Ms.toFixed(1)} / ${summary.busyP99Ms.toFixed(1)}`,
    `${summary.aloneP50Ms.toFixed(2)} / ${summary.aloneP99Ms.toFixed(2)}`,
    coldCpuUs === undefined ? '' : round(coldCpuUs),
    summary.redisHits.toFixed(1),
    summary.otherwise === 0 ? '' : `${(100 * summary.otherwise).toFixed(1)} %`,
  ];
}

function spread({ median, min, max }: Spread): string {
  return `${round(median)} (${round(min)}–${round(max)})`;
}

function round(value: number): string {
  return String(Math.round(value));
}
