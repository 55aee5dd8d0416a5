import { escapeHtml } from './escape-html.ts';
import type { RunReport, ScenarioReport } from './run-report.ts';
import { timeTicks } from './time-ticks.ts';

const width = 1120;
const axisHeight = 20;
const rowHeight = 19;
const minuteMs = 60_000;

/** All scenarios over the time of the run: what ran beside what, and where the time went. */
export function drawOverview(report: RunReport): string {
  const ran = report.scenarios.filter(({ status }) => status !== 'skipped');
  if (ran.length === 0) return '';
  const startedAtMs = Math.min(...ran.map((scenario) => scenario.startedAtMs));
  const spanMs = Math.max(...ran.map((scenario) => scenario.endedAtMs)) - startedAtMs;
  const x = (atMs: number) => Math.round((width * (atMs - startedAtMs) * 10) / Math.max(1, spanMs)) / 10;
  const rows = inRows(ran);
  const height = axisHeight + rows.length * rowHeight;
  const ticks = timeTicks(spanMs).map((ms) => drawTick(x(startedAtMs + ms), ms, height));
  const bars = rows.flatMap((row, index) =>
    row.map((scenario) => drawBar(scenario, x, axisHeight + index * rowHeight)),
  );
  return `<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img">${ticks.join('')}${bars.join('')}</svg>`;
}

/** As many rows as ran at the same time. */
function inRows(scenarios: readonly ScenarioReport[]): readonly (readonly ScenarioReport[])[] {
  const rows: ScenarioReport[][] = [];
  for (const scenario of scenarios.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    const free = rows.find((row) => (row.at(-1)?.endedAtMs ?? 0) <= scenario.startedAtMs);
    if (free === undefined) rows.push([scenario]);
    else free.push(scenario);
  }
  return rows;
}

function drawTick(at: number, ms: number, height: number): string {
  const text = ms < minuteMs || ms % minuteMs > 0 ? `${ms / 1000} s` : `${ms / minuteMs} min`;
  const anchor = anchorAt(at);
  return `<line class="grid" x1="${at}" x2="${at}" y1="14" y2="${height}"/><text class="tick" x="${at}" y="10"${anchor}>${text}</text>`;
}

/** The first and the last text stay inside the picture. */
function anchorAt(at: number): string {
  if (at === 0) return ' style="text-anchor:start"';
  return at > width - 30 ? ' style="text-anchor:end"' : '';
}

const characterWidth = 6.4;

function drawBar(
  { name, helm, mutation, status, startedAtMs, endedAtMs }: ScenarioReport,
  x: (atMs: number) => number,
  y: number,
): string {
  const label = `${mutation ?? name} ${helm}`;
  const barWidth = Math.max(2, x(endedAtMs) - x(startedAtMs) - 1.5);
  const room = Math.floor((barWidth - 8) / characterWidth);
  const shown = room < 3 ? '' : label.slice(0, room);
  const rect = `<rect class="overview-bar ${status}" x="${x(startedAtMs)}" y="${y}" width="${Math.round(barWidth * 10) / 10}" height="15" rx="3"/>`;
  return `<g><title>${escapeHtml(label)}</title>${rect}<text class="label" x="${x(startedAtMs) + 4}" y="${y + 11}">${escapeHtml(shown)}</text></g>`;
}
