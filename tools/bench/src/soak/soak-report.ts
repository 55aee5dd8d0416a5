import { formatTable } from '../report/format-table.ts';
import { lineChart } from '../report/line-chart.ts';
import type { Report, ReportSection } from '../report/write-report.ts';
import type { GaugeVerdict } from './assess-soak.ts';
import { type GaugeName, gauges } from './read-gauges.ts';
import type { TrafficTally } from './traffic.ts';
import type { Reading } from './watch-gauges.ts';

export interface SoakFacts {
  readonly facts: string;
  readonly readings: readonly Reading[];
  readonly warmMs: number;
  readonly verdicts: readonly GaugeVerdict[];
  readonly tally: TrafficTally;
}

/** The page of one soak. */
export function soakReport({ facts, readings, warmMs, verdicts, tally }: SoakFacts): Report {
  const picture = (names: readonly GaugeName[], unit: string) =>
    lineChart({
      positions: readings.map(({ atMs }) => atMs),
      lines: names.map((name) => ({ name, values: readings.map(({ values }) => values[name]) })),
      unit,
      from: 'start',
      to: `${((readings.at(-1)?.atMs ?? 0) / 60_000).toFixed(1)} min`,
      mark: warmMs,
    });
  const sections: readonly ReportSection[] = [
    { title: 'Memory', picture: picture(['rssMiB', 'heapMiB', 'externalMiB'], 'MiB'), table: gaugeTable(verdicts) },
    {
      title: 'Handles',
      picture: picture(['resources', 'descriptors', 'connections', 'streams'], 'count'),
      table: trafficTable(tally),
    },
  ];
  const data = { facts, verdicts, tally, readings };
  return { name: 'soak', title: 'task-api agent: what grows under load', facts, sections, notes, data };
}

const notes = [
  'Growth is that of a line through the lowest values of a dozen windows after warming up, from the first reading to the last.',
  'Allowed is a wide margin: caches that are still filling stay below it.',
];

function gaugeTable(verdicts: readonly GaugeVerdict[]): string {
  const header = ['after warming up', 'at first', 'growth', 'allowed', 'highest', 'when idle again', ''];
  const rows = verdicts.map((verdict) => [
    gauges[verdict.name].text,
    ...[verdict.start, verdict.gain, verdict.allowed, verdict.highest, verdict.afterwards].map((value) =>
      value.toFixed(1),
    ),
    verdict.isGrowing ? 'GROWS' : 'steady',
  ]);
  return formatTable([header, ...rows]);
}

function trafficTable({ made, unexpected }: TrafficTally): string {
  const rows = Object.entries(made).map(([name, count]) => [name, String(count)]);
  const wrong = Object.entries(unexpected).map(([name, count]) => [`not expected: ${name}`, String(count)]);
  return formatTable([['requests', 'made'], ...rows, ...wrong]);
}
